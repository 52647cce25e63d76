package io.hox.tenx;

import io.hox.HoxException;
import java.util.Collection;
import java.util.List;

/**
 * Names of the three files that make a matrix: entries, features and barcodes. The latter two begin with what the name of
 * the first one begins with, or with nothing: {@code GSM1_matrix.mtx.gz} goes with {@code GSM1_features.tsv.gz}, or else
 * with {@code features.tsv.gz}.
 */
record MatrixFiles(String matrix, String features, String barcodes) {
    private static final List<String> FEATURES =
            List.of("features.tsv.gz", "features.tsv", "genes.tsv.gz", "genes.tsv");
    private static final List<String> BARCODES = List.of("barcodes.tsv.gz", "barcodes.tsv");

    /** The files that go with a matrix among those of its directory; null where one is missing. */
    static MatrixFiles find(String matrix, Collection<String> directory) {
        for (int length = matrix.length(); length >= 0; length--) {
            String prefix = matrix.substring(0, length);
            String features = first(prefix, FEATURES, directory);
            String barcodes = first(prefix, BARCODES, directory);
            if (features != null && barcodes != null) {
                return new MatrixFiles(matrix, features, barcodes);
            }
        }
        return null;
    }

    /** The same, where what is missing is an error. */
    static MatrixFiles require(String matrix, String uri, Collection<String> directory) {
        MatrixFiles files = find(matrix, directory);
        if (files == null) {
            throw new HoxException(uri + "/" + matrix + " says nothing about its cells and features: beside it belong"
                    + " barcodes.tsv and features.tsv or genes.tsv (or .tsv.gz), with its own prefix or none.");
        }
        return files;
    }

    /** Their whole paths or URIs. */
    List<String> uris(String directory) {
        return List.of(directory + "/" + matrix, directory + "/" + features, directory + "/" + barcodes);
    }

    private static String first(String prefix, List<String> names, Collection<String> directory) {
        for (String name : names) {
            if (directory.contains(prefix + name)) {
                return prefix + name;
            }
        }
        return null;
    }
}
