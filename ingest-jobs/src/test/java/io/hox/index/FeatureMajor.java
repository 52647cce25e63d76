package io.hox.index;

import io.hox.zarr.DataType;
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
 * @param layers by name: values as text
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
        return new FeatureMajor(
                pointers,
                IntStream.of(order).map(i -> rowOf[i]).toArray(),
                Map.of(
                        "counts", text(Values.of(DataType.UINT32, group.counts), order),
                        "log_normalized", text(Values.of(DataType.FLOAT32, group.logs), order)));
    }

    private static String text(Values values) {
        return text(values, IntStream.range(0, values.length()).toArray());
    }

    /** Some values in this order, those of all types as the same numbers. */
    static String text(Values values, int[] order) {
        StringBuilder text = new StringBuilder();
        for (int i : order) {
            double value =
                    switch (values.type()) {
                        case FLOAT32 -> values.floats()[i];
                        case FLOAT64 -> values.doubles()[i];
                        case INT64, UINT64 -> values.longs()[i];
                        default -> Integer.toUnsignedLong(values.ints()[i]);
                    };
            text.append(' ').append(value);
        }
        return text.toString();
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
        return rows.length + " entries of " + (pointers.length - 1) + " features, layers " + layers.keySet();
    }
}
