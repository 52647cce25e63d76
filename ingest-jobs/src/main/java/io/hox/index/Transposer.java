package io.hox.index;

import io.hox.HoxException;
import io.hox.zarr.DataType;
import io.hox.zarr.Values;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Sorts entries of neighbouring cells by column, counting: one pass to find how many each column has, one to put every
 * entry into its place. Entries of a column stay in the order of rows, those of a cell in the order in which they are stored.
 */
final class Transposer {
    private final EntryReader reader;
    private final RunWriter writer = new RunWriter();
    private final Map<Integer, Values> buffers = new HashMap<>();
    private final List<Values> layers = new ArrayList<>();
    private int[] rows = new int[0];
    private int[] ends = new int[0];
    private int[] counts = new int[0];
    private int firstRow;
    private ColumnLayout columns;

    Transposer(EntryReader reader) {
        this.reader = reader;
    }

    /**
     * Reads and sorts entries.
     *
     * @param from the first cell of those of one group in the portion
     * @throws HoxException when they can't be read
     */
    void sort(CellPortion portion, int from, GroupCopy copy, ColumnLayout layout) {
        columns = layout;
        int to = portion.endOfGroup(from);
        reader.select(portion, from, to);
        firstRow = portion.row(from);
        int[] places = reader.indices(copy.indices(), copy.features());
        countColumns(places, portion, from, to);
        placeRows(places, portion, from, to);
        layers.clear();
        for (int i = 0; i < copy.layers().size(); i++) {
            LayerCopy layer = copy.layers().get(i);
            Values sorted = buffer(i, layer.type());
            EntryValues.scatter(reader.layer(layer), reader.entries(), places, sorted);
            layers.add(sorted);
        }
    }

    /** Replaces feature indices by columns, and counts those: {@code ends} begins with where each column begins. */
    private void countColumns(int[] indices, CellPortion portion, int from, int to) {
        if (counts.length != columns.columns()) {
            counts = new int[columns.columns()];
            ends = new int[columns.columns()];
        } else {
            Arrays.fill(counts, 0);
        }
        int at = 0;
        for (int cell = from; cell < to; cell++) {
            int row = portion.row(cell);
            for (int end = at + portion.length(cell); at < end; at++) {
                int column = columns.columnOf(indices[at]);
                if (column < 0) {
                    column = columns.columnOfCut(column, row);
                }
                indices[at] = column;
                counts[column]++;
            }
        }
        int sum = 0;
        for (int column = 0; column < counts.length; column++) {
            ends[column] = sum;
            sum += counts[column];
        }
    }

    /** Replaces columns by places, and puts the rows there. */
    private void placeRows(int[] places, CellPortion portion, int from, int to) {
        if (rows.length < reader.entries()) {
            rows = new int[reader.entries()];
        }
        int at = 0;
        for (int cell = from; cell < to; cell++) {
            int row = portion.row(cell) - firstRow;
            for (int end = at + portion.length(cell); at < end; at++) {
                int place = ends[places[at]]++;
                places[at] = place;
                rows[place] = row;
            }
        }
    }

    private Values buffer(int layer, DataType type) {
        Values buffer = buffers.get(layer);
        if (buffer == null || buffer.type() != type || buffer.length() < reader.entries()) {
            buffer = Values.allocate(type, reader.entries());
            buffers.put(layer, buffer);
        }
        return buffer;
    }

    /** The first row among the entries. */
    int firstRow() {
        return firstRow;
    }

    /** The sorted entries of a shard's columns, packed; null when there are none. */
    byte[] run(int shard) {
        int first = columns.firstColumn(shard);
        int end = columns.endColumn(shard);
        int from = ends[first] - counts[first];
        int n = ends[end - 1] - from;
        return n == 0 ? null : writer.pack(Arrays.copyOfRange(counts, first, end), firstRow, rows, layers, from, n);
    }
}
