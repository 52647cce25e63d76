package io.hox.tenx;

import io.hox.HoxException;
import io.hox.source.Column;
import io.hox.source.Column.Content;
import io.hox.source.Column.Kind;
import io.hox.source.DataFrame;
import io.hox.source.MatrixScanner;
import io.hox.source.Source;
import io.hox.source.SourceRef;
import io.hox.stored.SparseMatrix;
import io.hox.stored.StoredArray;
import io.hox.stored.StoredFile;
import io.hox.stored.StoredGroup;
import io.hox.stored.TextReader;
import io.hox.zarr.Values;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** One matrix of a 10x HDF5 file. It is stored by columns of features x cells, which are the rows of cells x features. */
final class TenxH5File {
    /** The group of the only matrix since version 3. */
    private static final String MATRIX = "matrix";

    private static final Set<String> NO_TAGS = Set.of("id", "name", "feature_type", "genome", "_all_tag_keys");

    private final StoredFile file;
    private final SourceRef ref;

    TenxH5File(StoredFile file, SourceRef ref) {
        this.file = file;
        this.ref = ref;
    }

    /** Names of the groups that hold a matrix; those of genomes in old files. */
    static List<String> genomes(StoredGroup root) {
        List<String> found = new ArrayList<>();
        for (String name : root.names()) {
            StoredGroup group = root.group(name);
            if (group != null
                    && group.names().containsAll(List.of("barcodes", "indptr", "indices", "data"))
                    && (group.names().contains("features") || group.names().contains("genes"))) {
                found.add(name);
            }
        }
        return found;
    }

    Source source() {
        List<String> found = genomes(file.root());
        boolean old = !found.equals(List.of(MATRIX));
        String name = ref.part().isEmpty() || !old ? MATRIX : ref.part();
        if (ref.part().isEmpty() && found.size() == 1) {
            name = found.get(0);
        }
        if (!found.contains(name)) {
            throw new HoxException(ref + " has no such matrix; the file holds " + found + ".");
        }
        StoredGroup group = file.root().group(name);
        StoredGroup described = group.group("features");
        FeatureTable features = described == null ? genes(group, name) : features(described);
        StoredArray barcodes = group.array("barcodes");
        int cells = barcodes.wholeLength();
        checkShape(group, features.count(), cells);
        MatrixScanner scanner = SparseMatrix.byRows(group, cells, features.count());
        if (!old && !ref.part().isEmpty()) {
            int[] columns = columnsOf(features);
            scanner = new ColumnSubset(scanner, columns);
            features = features.subset(columns);
        }
        Runnable closing = file::close;
        return new TenxSource(
                ref.toString(), obs(barcodes, cells), FeatureTypes.modalities(features, scanner), closing);
    }

    private static FeatureTable genes(StoredGroup group, String genome) {
        String[] ids = group.array("genes").readTexts();
        String[] names = group.names().contains("gene_names") ? texts(group, "gene_names", ids.length) : ids;
        String[] genomes = new String[ids.length];
        Arrays.fill(genomes, genome);
        return new FeatureTable(ids, names, null, Map.of("genome", genomes));
    }

    private static FeatureTable features(StoredGroup group) {
        String[] ids = group.array("id").readTexts();
        String[] names = texts(group, "name", ids.length);
        String[] types = texts(group, "feature_type", ids.length);
        Map<String, String[]> more = new LinkedHashMap<>();
        if (group.names().contains("genome")) {
            more.put("genome", texts(group, "genome", ids.length));
        }
        for (String name : group.names()) {
            boolean tag = !NO_TAGS.contains(name) && group.child(name) instanceof StoredArray array && array.isText();
            if (tag && group.array(name).length() == ids.length) {
                more.put(name, texts(group, name, ids.length));
            }
        }
        return new FeatureTable(ids, names, types, more);
    }

    private static String[] texts(StoredGroup group, String name, int length) {
        StoredArray array = group.array(name);
        if (array.length() != length) {
            throw array.failure("has " + array.length() + " values for " + length + " features. The file is damaged");
        }
        return array.readTexts();
    }

    private static void checkShape(StoredGroup group, int features, int cells) {
        StoredArray array = group.array("shape");
        if (array.checkedLength(2) != 2 || array.numberType().isFloat()) {
            throw array.failure("does not hold two whole numbers. The file is damaged");
        }
        Values shape = array.readNumbers();
        long rows = shape.type().bytes() == Long.BYTES ? shape.longs()[0] : shape.ints()[0];
        long columns = shape.type().bytes() == Long.BYTES ? shape.longs()[1] : shape.ints()[1];
        if (rows != features || columns != cells) {
            throw group.failure("is " + rows + " x " + columns + " but has " + features + " features and " + cells
                    + " barcodes. The file is damaged");
        }
    }

    private int[] columnsOf(FeatureTable features) {
        String[] genomes = features.more().get("genome");
        int[] columns = genomes == null
                ? new int[0]
                : IntStream.range(0, genomes.length)
                        .filter(i -> genomes[i].equals(ref.part()))
                        .toArray();
        if (columns.length == 0) {
            throw new HoxException(ref.uri() + " has no features of a genome '" + ref.part() + "'; it has "
                    + (genomes == null
                            ? "none"
                            : List.of(genomes).stream().distinct().toList()) + ".");
        }
        return columns;
    }

    private static DataFrame obs(StoredArray barcodes, int cells) {
        Column index = new Column("barcodes", Kind.STRING, null, cells, false, false, (from, to) -> {
            try (TextReader reader = barcodes.textReader()) {
                return Content.strings(reader.read(from, to - from));
            }
        });
        return new DataFrame(index, List.of(), Map.of());
    }
}
