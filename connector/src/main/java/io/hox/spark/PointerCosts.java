package io.hox.spark;

import io.hox.atlas.PointerKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToLongBiFunction;
import org.apache.arrow.memory.util.ByteFunctionHelpers;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;

/** How many bytes the arrays of each cell take, from the pointers of a batch; remembers which groups it met. */
final class PointerCosts {
    private final List<Column> columns = new ArrayList<>();

    /**
     * @param pointers the columns whose arrays are read, at least one
     * @param widths asked once for every group that a cell points to: the number of its features in a dense space, 0 in
     *     a sparse one
     */
    PointerCosts(List<OutputColumn.Pointer> pointers, ToLongBiFunction<OutputColumn.Pointer, String> widths) {
        for (OutputColumn.Pointer pointer : pointers) {
            columns.add(new Column(pointer, widths));
        }
    }

    /** What to ask of Lance. */
    List<String> lanceColumns() {
        List<String> names = new ArrayList<>();
        for (Column column : columns) {
            names.add(column.pointer.child(PointerStruct.GROUP));
            if (column.sparse) {
                names.add(column.pointer.child(PointerStruct.START));
                names.add(column.pointer.child(PointerStruct.END));
            }
        }
        return names;
    }

    void load(VectorSchemaRoot batch) {
        for (Column column : columns) {
            column.load(batch);
        }
    }

    /** Decoded bytes of the cell's indices and layers. */
    long bytes(int row) {
        long bytes = 0;
        for (Column column : columns) {
            bytes += column.bytes(row);
        }
        return bytes;
    }

    /** Whether the cell is of another group of the first column than the cell before it in the batch. */
    boolean startsGroup(int row) {
        return row > 0 && columns.get(0).changes(row);
    }

    /** The groups met so far, by pointer column. */
    Map<String, Set<String>> groups() {
        Map<String, Set<String>> groups = new HashMap<>();
        for (Column column : columns) {
            groups.put(column.pointer.name(), column.widthOf.keySet());
        }
        return groups;
    }

    private static final class Column {
        final OutputColumn.Pointer pointer;
        final boolean sparse;
        final Map<String, Long> widthOf = new HashMap<>();
        private final ToLongBiFunction<OutputColumn.Pointer, String> widths;
        private final long bytesPerEntry;
        private VarCharVector groups;
        private BigIntVector starts;
        private BigIntVector ends;
        private long width;
        private int lastRow;

        Column(OutputColumn.Pointer pointer, ToLongBiFunction<OutputColumn.Pointer, String> widths) {
            this.pointer = pointer;
            this.sparse = pointer.pointer().kind() == PointerKind.SPARSE;
            this.widths = widths;
            this.bytesPerEntry = ReadCost.bytesPerEntry(pointer);
        }

        void load(VectorSchemaRoot batch) {
            groups = (VarCharVector) batch.getVector(pointer.child(PointerStruct.GROUP));
            if (sparse) {
                starts = (BigIntVector) batch.getVector(pointer.child(PointerStruct.START));
                ends = (BigIntVector) batch.getVector(pointer.child(PointerStruct.END));
            }
        }

        long bytes(int row) {
            if (groups.isNull(row) || groups.getValueLength(row) == 0) {
                return 0;
            }
            if (row == 0 || row != lastRow + 1 || changes(row)) {
                String group = groups.getObject(row).toString();
                width = widthOf.computeIfAbsent(group, g -> widths.applyAsLong(pointer, g));
            }
            lastRow = row;
            long entries = width;
            if (sparse) {
                // A damaged range is refused by the read; here it must only not upset the sums.
                boolean sound = !starts.isNull(row) && !ends.isNull(row) && ends.get(row) >= starts.get(row);
                entries = sound ? Math.min(ends.get(row) - starts.get(row), Integer.MAX_VALUE) : 0;
            }
            return entries * bytesPerEntry;
        }

        boolean changes(int row) {
            if (groups.isNull(row) != groups.isNull(row - 1)) {
                return true;
            }
            if (groups.isNull(row)) {
                return false;
            }
            return ByteFunctionHelpers.equal(
                            groups.getDataBuffer(),
                            groups.getStartOffset(row),
                            groups.getStartOffset(row) + groups.getValueLength(row),
                            groups.getDataBuffer(),
                            groups.getStartOffset(row - 1),
                            groups.getStartOffset(row - 1) + groups.getValueLength(row - 1))
                    == 0;
        }
    }
}
