package io.hox.ingest;

import io.hox.HoxException;
import io.hox.source.Column;
import io.hox.source.DataFrame;
import io.hox.source.Matrix;
import io.hox.source.Modality;
import io.hox.source.Source;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A source in memory. Cells are called c0, c1..., features g0, g1... */
final class MadeSource implements Source {
    private final int cells;
    private final List<Column> obs = new ArrayList<>();
    private final List<Modality> modalities = new ArrayList<>();

    MadeSource(int cells) {
        this.cells = cells;
    }

    MadeSource obs(Column column) {
        obs.add(column);
        return this;
    }

    /** A source's only modality. */
    MadeSource matrix(String key, MadeMatrix matrix) {
        if (modalities.isEmpty()) {
            modalities.add(new MadeModality("", null, null, names("g", matrix.columns()), new LinkedHashMap<>()));
        }
        ((MadeModality) modalities.get(0)).matrices().put(key, matrix);
        return this;
    }

    /** @param rows row of each cell in the matrix, null where they are the same */
    MadeSource modality(String key, String space, long[] rows, String[] features, MadeMatrix x) {
        modalities.add(new MadeModality(key, space, rows, features, new LinkedHashMap<>(Map.of("X", x))));
        return this;
    }

    static String[] names(String prefix, int n) {
        String[] names = new String[n];
        for (int i = 0; i < n; i++) {
            names[i] = prefix + i;
        }
        return names;
    }

    private record MadeModality(
            String key, String featureSpace, long[] rowOf, String[] features, Map<String, MadeMatrix> matrices)
            implements Modality {
        @Override
        public List<String> matrixKeys() {
            return List.copyOf(matrices.keySet());
        }

        @Override
        public Matrix matrix(String name) {
            if (!matrices.containsKey(name)) {
                throw new HoxException("no matrix '" + name + "'; it has " + matrixKeys());
            }
            return new Matrix(name, matrices.get(name));
        }

        @Override
        public DataFrame var(String matrixKey) {
            return DataFrame.of("index", features, List.of());
        }

        @Override
        public long[] rows(int from, int to) {
            return rowOf == null ? null : Arrays.copyOfRange(rowOf, from, to);
        }
    }

    @Override
    public String name() {
        return "memory";
    }

    @Override
    public DataFrame obs() {
        return DataFrame.of("index", names("c", cells), obs);
    }

    @Override
    public List<Modality> modalities() {
        return modalities;
    }

    @Override
    public void close() {}
}
