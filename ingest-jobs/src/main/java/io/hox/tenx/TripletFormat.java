package io.hox.tenx;

import io.hox.mtx.TextFile;
import io.hox.mtx.TripletMatrix;
import io.hox.source.Source;
import io.hox.source.SourceFormat;
import io.hox.source.SourceLocation;
import io.hox.source.SourceRef;
import io.hox.store.ObjectStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/**
 * Text of nothing but triplets, number of the feature, number of the cell and value, with a table of features and one of
 * barcodes beside it. The numbers begin with 0 if a 0 occurs, otherwise with 1.
 */
public final class TripletFormat implements SourceFormat {
    private static final Pattern NAME = Pattern.compile(".*\\.(coo|tsv|csv|txt)(\\.gz)?");
    private static final Pattern LINE =
            Pattern.compile("\\s*\\d+\\s*[\\s,]\\s*\\d+\\s*[\\s,]\\s*[-+]?[0-9.]+([eE][-+]?\\d+)?\\s*");
    private static final int HEAD = 4096;

    @Override
    public String name() {
        return "coo";
    }

    @Override
    public boolean recognises(SourceLocation location) {
        if (!location.isFile() || !NAME.matcher(location.name()).matches() || !beginsWithTriplet(location)) {
            return false;
        }
        ObjectStore directory = ObjectStore.open(SourceLocation.directory(location.uri()), location.options());
        return MatrixFiles.find(location.name(), directory.list("")) != null;
    }

    private static boolean beginsWithTriplet(SourceLocation location) {
        byte[] head = location.head(HEAD);
        byte[] text = head.length > 1 && head[0] == 0x1f && head[1] == (byte) 0x8b ? inflated(head) : head;
        String[] lines = new String(text, StandardCharsets.UTF_8).split("\r?\n", 2);
        return LINE.matcher(lines[0]).matches();
    }

    /** What can be had of a beginning. */
    private static byte[] inflated(byte[] head) {
        byte[] text = new byte[HEAD];
        int n = 0;
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(head))) {
            for (int read = 0; read >= 0; read = in.read(text, n, text.length - n)) {
                n += read;
                if (n == text.length) {
                    break;
                }
            }
        } catch (IOException e) {
            // It is cut off on purpose; what there is must do.
        }
        return Arrays.copyOf(text, n);
    }

    @Override
    public List<SourceRef> datasets(SourceLocation location) {
        return List.of(new SourceRef(name(), location.uri(), ""));
    }

    @Override
    public List<String> files(SourceRef ref, Map<String, String> options) {
        return matrixFiles(ref, options).uris(SourceLocation.directory(ref.uri()));
    }

    private static MatrixFiles matrixFiles(SourceRef ref, Map<String, String> options) {
        String directory = SourceLocation.directory(ref.uri());
        String file = ref.uri().substring(ref.uri().lastIndexOf('/') + 1);
        return MatrixFiles.require(
                file, directory, ObjectStore.open(directory, options).list(""));
    }

    @Override
    public Source open(SourceRef ref, Map<String, String> options) {
        String directory = SourceLocation.directory(ref.uri());
        MatrixFiles files = matrixFiles(ref, options);
        Barcodes barcodes = new Barcodes(new TextFile(directory, files.barcodes(), options));
        FeatureTable features = FeatureTable.read(new TextFile(directory, files.features(), options));
        TextFile text = new TextFile(directory, files.matrix(), options);
        TripletMatrix matrix = TripletMatrix.triplets(text, barcodes.count(), features.count());
        return new TenxSource(
                ref.toString(), barcodes.obs(), FeatureTypes.modalities(features, matrix), barcodes::close);
    }
}
