package io.hox.spark;

import io.hox.atlas.PointerKind;
import io.hox.store.Parallel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;

/** The pointers of some rows in one column, and what is known of the groups that any row so far pointed to. */
final class PointerWindow {
    private static final int FIRST_CAPACITY = 4_096;

    private final OutputColumn.Pointer pointer;
    private final boolean sparse;
    private final long bytesPerEntry;
    private final Function<String, GroupShape> shapeOf;
    private final GroupIds groups = new GroupIds();
    private GroupShape[] shapes = new GroupShape[0];
    /** By group: what each cell weighs, or {@link GroupShape#BY_CELL}. */
    private long[] cellBytes = new long[0];

    private long[] shardLengths = new long[0];
    private int[] group = new int[FIRST_CAPACITY];
    private long[] start = new long[FIRST_CAPACITY];
    private int[] entries = new int[FIRST_CAPACITY];
    private int rows;

    /** @param shapeOf asked once for every group, in any thread */
    PointerWindow(OutputColumn.Pointer pointer, Function<String, GroupShape> shapeOf) {
        this.pointer = pointer;
        this.sparse = pointer.pointer().kind() == PointerKind.SPARSE;
        this.bytesPerEntry = ReadCost.bytesPerEntry(pointer);
        this.shapeOf = shapeOf;
    }

    OutputColumn.Pointer pointer() {
        return pointer;
    }

    /** The child that says where a cell's numbers begin. */
    String startChild() {
        return sparse ? PointerStruct.START : PointerStruct.POSITION;
    }

    /** What to ask of Lance. */
    List<String> lanceColumns() {
        List<String> columns = new ArrayList<>();
        columns.add(pointer.child(PointerStruct.GROUP));
        columns.add(pointer.child(startChild()));
        if (sparse) {
            columns.add(pointer.child(PointerStruct.END));
        }
        return columns;
    }

    /**
     * In parts of which length to count what is needed of a group: whole shards where they are small enough, otherwise
     * parts of them; the whole group where it is read feature-major.
     *
     * @param partBytes decoded bytes of a part, about
     */
    long unit(int id, long partBytes) {
        GroupShape shape = shapes[id];
        if (shape.cellBytes() != GroupShape.BY_CELL) {
            return Long.MAX_VALUE;
        }
        long perElement = sparse ? bytesPerEntry : Math.max(1, shape.width() * bytesPerEntry);
        long most = Math.max(1, partBytes / perElement);
        long unit = shape.shardLength();
        while (unit > most && unit % 2 == 0) {
            unit /= 2;
        }
        return Math.min(unit, most);
    }

    /** The groups met so far, by number. */
    List<String> groups() {
        return groups.names();
    }

    /** What is known of a group once the window has been {@link #settle}d. */
    GroupShape shape(int id) {
        return shapes[id];
    }

    void add(VectorSchemaRoot batch) {
        int count = batch.getRowCount();
        if (rows + count > group.length) {
            int capacity = Math.max(rows + count, 2 * group.length);
            group = Arrays.copyOf(group, capacity);
            start = Arrays.copyOf(start, capacity);
            entries = Arrays.copyOf(entries, capacity);
        }
        groups.read((VarCharVector) batch.getVector(pointer.child(PointerStruct.GROUP)), count, group, rows);
        BigIntVector starts = (BigIntVector) batch.getVector(pointer.child(startChild()));
        if (sparse) {
            addRanges(starts, (BigIntVector) batch.getVector(pointer.child(PointerStruct.END)), count);
        } else {
            boolean nulls = starts.getNullCount() > 0;
            for (int i = 0; i < count; i++) {
                start[rows + i] = nulls && starts.isNull(i) ? 0 : Math.max(0, starts.get(i));
            }
        }
        rows += count;
    }

    // A damaged range is refused by the read; here it must only not upset the sums.
    private void addRanges(BigIntVector starts, BigIntVector ends, int count) {
        boolean nulls = starts.getNullCount() > 0 || ends.getNullCount() > 0;
        ArrowBuf from = starts.getDataBuffer();
        ArrowBuf to = ends.getDataBuffer();
        for (int i = 0; i < count; i++) {
            long begin = 0;
            long length = 0;
            if (!nulls || !starts.isNull(i)) {
                begin = Math.max(0, from.getLong((long) i * Long.BYTES));
                length = nulls && ends.isNull(i) ? 0 : to.getLong((long) i * Long.BYTES) - begin;
            }
            start[rows + i] = begin;
            entries[rows + i] = (int) Math.max(0, Math.min(length, Integer.MAX_VALUE));
        }
    }

    /** Looks at the groups that are new, many at once: in an object store that is latency, not work. */
    void settle() {
        int known = shapes.length;
        List<String> names = groups.names();
        if (names.size() == known) {
            return;
        }
        List<GroupShape> found = Parallel.map(
                names.subList(known, names.size()), shapeOf, "looking at the groups of column " + pointer.name());
        shapes = Arrays.copyOf(shapes, names.size());
        cellBytes = Arrays.copyOf(cellBytes, names.size());
        shardLengths = Arrays.copyOf(shardLengths, names.size());
        for (int i = 0; i < found.size(); i++) {
            GroupShape shape = found.get(i);
            shapes[known + i] = shape;
            boolean byEntries = sparse && shape.cellBytes() == GroupShape.BY_CELL;
            boolean byWidth = !sparse && shape.cellBytes() == GroupShape.BY_CELL;
            cellBytes[known + i] =
                    byEntries ? GroupShape.BY_CELL : byWidth ? shape.width() * bytesPerEntry : shape.cellBytes();
            shardLengths[known + i] = shape.shardLength();
        }
    }

    void clear() {
        rows = 0;
    }

    /** The group of a row; {@link GroupIds#ABSENT} for none. */
    int group(int row) {
        return group[row];
    }

    /** Where the numbers of a row begin in its group: elements (sparse) or rows (dense). */
    long start(int row) {
        return start[row];
    }

    /** Decoded bytes of a row's indices and layers. */
    long bytes(int row) {
        int id = group[row];
        if (id == GroupIds.ABSENT) {
            return 0;
        }
        long bytes = cellBytes[id];
        return bytes == GroupShape.BY_CELL ? entries[row] * bytesPerEntry : bytes;
    }

    /** The shard in which the numbers of a row begin. */
    long shard(int row) {
        return start[row] / shardLengths[group[row]];
    }
}
