package io.hox.index;

import io.hox.zarr.Values;
import io.hox.zarr.ZarrHierarchy;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A feature-major copy in memory, read from where it is stored or made the plain way.
 *
 * @param pointers where each feature begins
 * @param rows of all entries
 * @param layers by name: values as texts, so that all types compare
 */
record FeatureMajor(long[] pointers, int[] rows, Map<String, String> layers) {
    static FeatureMajor read(ZarrHierarchy zarr, String group) {
        Map<String, String> layers = new LinkedHashMap<>();
        for (String name : zarr.arrayNames(group + "/csc/layers")) {
            layers.put(name, text(zarr.array(group + "/csc/layers/" + name).readAll()));
        }
        return new FeatureMajor(
                zarr.array(group + "/csc/indptr").readAll().longs(),
                zarr.array(group + "/csc/indices").readAll().ints(),
                layers);
    }

    /** What it must be. */
    static FeatureMajor of(MadeGroups.Group group) {
        int[] rowOf = new int[group.indices.length];
        for (int cell = 0; cell < group.cells(); cell++) {
            Arrays.fill(rowOf, cell == 0 ? 0 : (int) group.ends[cell - 1], (int) group.ends[cell], cell);
        }
        int[] order = IntStream.range(0, rowOf.length)
                .boxed()
                .sorted(Comparator.comparingInt(i -> group.indices[i]))
                .mapToInt(i -> i)
                .toArray();
        long[] pointers = new long[group.features + 1];
        IntStream.of(group.indices).forEach(index -> pointers[index + 1]++);
        Arrays.parallelPrefix(pointers, Long::sum);
        int[] counts = IntStream.of(order).map(i -> group.counts[i]).toArray();
        float[] logs = new float[order.length];
        for (int i = 0; i < logs.length; i++) {
            logs[i] = group.logs[order[i]];
        }
        return new FeatureMajor(
                pointers,
                IntStream.of(order).map(i -> rowOf[i]).toArray(),
                Map.of("counts", Arrays.toString(counts), "log_normalized", Arrays.toString(logs)));
    }

    private static String text(Values values) {
        return switch (values.type()) {
            case FLOAT32 -> Arrays.toString(values.floats());
            case FLOAT64 -> Arrays.toString(values.doubles());
            case INT64, UINT64 -> Arrays.toString(values.longs());
            default -> Arrays.toString(values.ints());
        };
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FeatureMajor copy
                && Arrays.equals(copy.pointers, pointers)
                && Arrays.equals(copy.rows, rows)
                && copy.layers.equals(layers);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(rows);
    }

    @Override
    public String toString() {
        return "pointers " + Arrays.toString(pointers) + ", rows " + Arrays.toString(rows) + ", " + layers;
    }
}
