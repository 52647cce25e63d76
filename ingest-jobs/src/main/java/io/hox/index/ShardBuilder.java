package io.hox.index;

import io.hox.HoxException;
import io.hox.atlas.Encoding;
import io.hox.zarr.ArrayMetadata;
import io.hox.zarr.ArrayWriter;
import io.hox.zarr.DataType;
import io.hox.zarr.Values;
import io.hox.zarr.ZarrHierarchy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One shard of a group's copy: takes runs by their first row, and writes the shard's objects. Memory: all entries of the
 * shard, and as many of one column again where runs interleave.
 */
final class ShardBuilder {
    private final GroupCopy copy;
    private final ColumnLayout layout;
    private final CopyShapes shapes;
    private final int shard;
    private final int firstColumn;
    private final int columns;
    private final long start;
    private final int[] counts;
    private final int[] ends;
    private final RunReader reader;
    private final List<Values> arrays = new ArrayList<>();

    ShardBuilder(GroupCopy copy, ColumnLayout layout, int shard, CopyShapes shapes) {
        this.copy = copy;
        this.layout = layout;
        this.shapes = shapes;
        this.shard = shard;
        this.firstColumn = layout.firstColumn(shard);
        this.columns = layout.endColumn(shard) - firstColumn;
        this.start = layout.start(firstColumn);
        this.counts = new int[columns];
        this.ends = new int[columns];
        this.reader = new RunReader(copy.layers());
        long entries = layout.start(firstColumn + columns) - start;
        if (entries > Integer.MAX_VALUE / 2) {
            throw new HoxException(
                    "one of its features has " + entries + " entries in neighbouring rows; that can't be sorted");
        }
        arrays.add(Values.allocate(DataType.UINT32, (int) entries));
        for (LayerCopy layer : copy.layers()) {
            arrays.add(Values.allocate(layer.type(), (int) entries));
        }
        for (int i = 0; i < columns; i++) {
            ends[i] = place(i);
        }
    }

    /** Where a column begins in the arrays. */
    private int place(int column) {
        return (int) (layout.start(firstColumn + column) - start);
    }

    /** Adds a run. */
    void add(byte[] run) {
        reader.read(run, counts);
        int from = 0;
        for (int column = 0; column < columns; column++) {
            int n = counts[column];
            if (n > 0) {
                int to = ends[column];
                if (n > place(column + 1) - to) {
                    throw changed();
                }
                EntryValues.copy(reader.rows(), from, arrays.get(0), to, n);
                for (int i = 1; i < arrays.size(); i++) {
                    EntryValues.copy(reader.layer(i - 1), from, arrays.get(i), to, n);
                }
                from += n;
                ends[column] = to + n;
            }
        }
    }

    /** Writes the shard; returns how many entries it has. */
    int write(ZarrHierarchy zarr) {
        for (int column = 0; column < columns; column++) {
            if (ends[column] != place(column + 1)) {
                throw changed();
            }
            sort(place(column), ends[column]);
        }
        int from = (int) (layout.shardStart(shard) - start);
        int n = (int) (layout.shardEnd(shard) - layout.shardStart(shard));
        write(zarr, copy.rows(), copy.rowEncoding(), arrays.get(0), from, n);
        for (int i = 1; i < arrays.size(); i++) {
            LayerCopy layer = copy.layers().get(i - 1);
            write(zarr, layer.to(), layer.encoding(), arrays.get(i), from, n);
        }
        return n;
    }

    private void write(ZarrHierarchy zarr, String path, Encoding encoding, Values values, int from, int n) {
        ArrayMetadata template = shapes.flat(values.type(), encoding.compression(values.type()), 0);
        try (ArrayWriter writer = zarr.createShards(path, template, shard)) {
            writer.append(values, from, n);
            writer.finish();
        }
    }

    /** Puts the entries of a column into the order of rows, unless they are; those of one row keep theirs. */
    private void sort(int from, int to) {
        int[] rows = arrays.get(0).ints();
        int at = from + 1;
        while (at < to && Integer.compareUnsigned(rows[at - 1], rows[at]) <= 0) {
            at++;
        }
        if (at >= to) {
            return;
        }
        long[] keys = new long[to - from];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = (rows[from + i] & 0xffffffffL) << Integer.SIZE - 1 | i;
        }
        Arrays.sort(keys);
        int[] order = new int[keys.length];
        for (int i = 0; i < order.length; i++) {
            order[(int) (keys[i] & Integer.MAX_VALUE)] = i;
        }
        for (Values values : arrays) {
            Values unsorted = Values.allocate(values.type(), order.length);
            Values sorted = Values.allocate(values.type(), order.length);
            EntryValues.copy(values, from, unsorted, 0, order.length);
            EntryValues.scatter(unsorted, order.length, order, sorted);
            EntryValues.copy(sorted, 0, values, from, order.length);
        }
    }

    private static HoxException changed() {
        return new HoxException("its arrays changed while they were copied");
    }
}
