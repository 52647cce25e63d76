package io.hox.spark;

import io.hox.atlas.PointerKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import org.apache.arrow.memory.util.ByteFunctionHelpers;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;

/** How many bytes the arrays of each cell take, from the pointers of a batch; remembers which groups it met. */
final class PointerCosts {
    private final List<Column> columns = new ArrayList<>();

    /**
     * @param pointers the columns whose arrays are read, at least one
     * @param shapes asked once for every group that a cell points to
     */
    PointerCosts(List<OutputColumn.Pointer> pointers, BiFunction<OutputColumn.Pointer, String, GroupShape> shapes) {
        for (OutputColumn.Pointer pointer : pointers) {
            columns.add(new Column(pointer, shapes));
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
            } else {
                names.add(column.pointer.child(PointerStruct.POSITION));
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

    /**
     * Whether the first column's numbers of the cell begin in another shard, of this group or another, than those of the
     * cell before it. To be asked for each row in turn, after {@link #bytes}.
     */
    boolean startsShard() {
        return columns.get(0).shardChanged;
    }

    /** The groups met so far, by pointer column. */
    Map<String, Set<String>> groups() {
        Map<String, Set<String>> groups = new HashMap<>();
        for (Column column : columns) {
            groups.put(column.pointer.name(), column.shapeOf.keySet());
        }
        return groups;
    }

    /** Whether a row has another group than the row before it, which must exist; absent counts as a group. */
    static boolean changes(VarCharVector groups, int row) {
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

    private static final class Column {
        private static final GroupShape ABSENT = new GroupShape(0, GroupShape.UNSHARDED, GroupShape.BY_CELL);

        final OutputColumn.Pointer pointer;
        final boolean sparse;
        final Map<String, GroupShape> shapeOf = new HashMap<>();
        private final BiFunction<OutputColumn.Pointer, String, GroupShape> shapes;
        private final long bytesPerEntry;
        private VarCharVector groups;
        private BigIntVector starts;
        private BigIntVector ends;
        private GroupShape shape = ABSENT;
        private long shard = -1;
        private boolean shardChanged;
        private int lastRow;

        Column(OutputColumn.Pointer pointer, BiFunction<OutputColumn.Pointer, String, GroupShape> shapes) {
            this.pointer = pointer;
            this.sparse = pointer.pointer().kind() == PointerKind.SPARSE;
            this.shapes = shapes;
            this.bytesPerEntry = ReadCost.bytesPerEntry(pointer);
        }

        void load(VectorSchemaRoot batch) {
            groups = (VarCharVector) batch.getVector(pointer.child(PointerStruct.GROUP));
            starts = (BigIntVector)
                    batch.getVector(pointer.child(sparse ? PointerStruct.START : PointerStruct.POSITION));
            ends = sparse ? (BigIntVector) batch.getVector(pointer.child(PointerStruct.END)) : null;
        }

        long bytes(int row) {
            shardChanged = false;
            if (groups.isNull(row) || groups.getValueLength(row) == 0) {
                return 0;
            }
            if (row == 0 || row != lastRow + 1 || PointerCosts.changes(groups, row)) {
                String group = groups.getObject(row).toString();
                GroupShape found = shapeOf.computeIfAbsent(group, g -> shapes.apply(pointer, g));
                shardChanged = found != shape;
                shape = found;
            }
            lastRow = row;
            long begin = starts.isNull(row) ? 0 : starts.get(row);
            shardChanged |= begin / shape.shardLength() != shard;
            shard = begin / shape.shardLength();
            if (shape.cellBytes() != GroupShape.BY_CELL) {
                return shape.cellBytes();
            }
            long entries = shape.width();
            if (sparse) {
                // A damaged range is refused by the read; here it must only not upset the sums.
                boolean sound = !starts.isNull(row) && !ends.isNull(row) && ends.get(row) >= begin;
                entries = sound ? Math.min(ends.get(row) - begin, Integer.MAX_VALUE) : 0;
            }
            return entries * bytesPerEntry;
        }
    }
}
