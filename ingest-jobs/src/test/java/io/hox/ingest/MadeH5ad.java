package io.hox.ingest;

import io.hox.h5ad.CsrSink;
import io.hox.h5ad.H5adWriter;
import io.hox.source.Column;
import io.hox.source.DataFrame;
import io.hox.source.RowBlock;
import io.hox.zarr.DataType;
import io.hox.zarr.Values;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Small h5ad files with any annotations and matrices. */
final class MadeH5ad {
    private String[] cells;
    private String[] features;
    private final List<Column> obs = new ArrayList<>();
    private final List<Column> var = new ArrayList<>();
    private final Map<String, Matrix> matrices = new LinkedHashMap<>();

    private record Matrix(DataType type, double[][] values) {}

    /** Cells are called c0, c1..., features g0, g1... */
    static MadeH5ad of(int cells, int features) {
        MadeH5ad file = new MadeH5ad();
        file.cells = names("c", cells);
        file.features = names("g", features);
        return file;
    }

    /** Random counts below 100, a quarter of them stored; genes are gene{@code first} and on, cells begin with the file's name. */
    static Path random(Path file, int cells, int firstGene, int genes, Random random) {
        double[][] x = new double[cells][genes];
        for (double[] row : x) {
            for (int gene = 0; gene < genes; gene++) {
                row[gene] = random.nextInt(4) == 0 ? random.nextInt(100) : 0;
            }
        }
        String[] features = new String[genes];
        for (int gene = 0; gene < genes; gene++) {
            features[gene] = "gene" + (firstGene + gene);
        }
        String[] names = names(file.getFileName().toString(), cells);
        return of(cells, genes).cells(names).features(features).x(x).write(file);
    }

    MadeH5ad cells(String... names) {
        cells = names;
        return this;
    }

    MadeH5ad features(String... names) {
        features = names;
        return this;
    }

    MadeH5ad obs(Column column) {
        obs.add(column);
        return this;
    }

    MadeH5ad obs(String name, String... texts) {
        return obs(Column.strings(name, texts));
    }

    MadeH5ad obs(String name, long... numbers) {
        return obs(Column.of(name, Values.of(DataType.INT64, numbers)));
    }

    MadeH5ad obs(String name, double... numbers) {
        return obs(Column.of(name, Values.of(DataType.FLOAT64, numbers)));
    }

    MadeH5ad var(Column column) {
        var.add(column);
        return this;
    }

    MadeH5ad var(String name, String... texts) {
        return var(Column.strings(name, texts));
    }

    /** A matrix, cell by cell; zeros are not stored. */
    MadeH5ad matrix(String key, DataType type, double[]... rows) {
        matrices.put(key, new Matrix(type, rows));
        return this;
    }

    /** X, 32-bit floats, cell by cell. */
    MadeH5ad x(double[]... rows) {
        return matrix("X", DataType.FLOAT32, rows);
    }

    static double[] row(double... values) {
        return values;
    }

    Path write(Path path) {
        try (H5adWriter writer = H5adWriter.create(path)) {
            writer.obs(DataFrame.of("index", cells, obs));
            writer.var(DataFrame.of("index", features, var));
            matrices.forEach((key, matrix) -> {
                try (CsrSink sink = writer.csr(key, matrix.type())) {
                    sink.append(block(matrix));
                }
            });
            writer.finish();
        }
        return path;
    }

    private RowBlock block(Matrix matrix) {
        int rows = matrix.values().length;
        int[] indptr = new int[rows + 1];
        List<Integer> indices = new ArrayList<>();
        List<Double> values = new ArrayList<>();
        for (int row = 0; row < rows; row++) {
            double[] cell = matrix.values()[row];
            for (int column = 0; column < cell.length; column++) {
                if (cell[column] != 0) {
                    indices.add(column);
                    values.add(cell[column]);
                }
            }
            indptr[row + 1] = indices.size();
        }
        Values typed = Values.allocate(matrix.type(), values.size());
        for (int i = 0; i < values.size(); i++) {
            set(typed, i, values.get(i));
        }
        int[] columns = indices.stream().mapToInt(Integer::intValue).toArray();
        return new RowBlock(0, rows, indptr, columns, typed);
    }

    private static void set(Values values, int i, double value) {
        switch (values.type()) {
            case FLOAT32 -> values.floats()[i] = (float) value;
            case FLOAT64 -> values.doubles()[i] = value;
            case INT64, UINT64 -> values.longs()[i] = (long) value;
            case INT32, UINT32 -> values.ints()[i] = (int) (long) value;
            case INT16, UINT16 -> values.shorts()[i] = (short) value;
            default -> values.bytes()[i] = (byte) value;
        }
    }

    private static String[] names(String prefix, int n) {
        String[] names = new String[n];
        for (int i = 0; i < n; i++) {
            names[i] = prefix + i;
        }
        return names;
    }
}
