package io.hox.spark;

import io.hox.HoxException;
import io.hox.atlas.PointerKind;
import io.hox.atlas.ZarrGroups;
import io.hox.lance.LanceBatch;
import io.hox.matrix.CellPointers;
import java.nio.charset.StandardCharsets;
import java.util.function.IntFunction;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.vectorized.ColumnVector;

/** One pointer column of a Lance batch. */
final class PointerBatch {
    private final PointerReader source;
    private final OutputColumn.Pointer column;
    private final LanceBatch batch;
    private final RowSelection rows;
    private final boolean[] absent;
    private final ColumnVector[] pointerChildren;
    private final CellPointers pointers;

    PointerBatch(PointerReader source, SelectedBatch selected) {
        this.source = source;
        column = source.column();
        batch = selected.batch();
        rows = selected.rows();
        VarCharVector groups = (VarCharVector) batch.vector(column.child(PointerStruct.GROUP));
        absent = absent(groups, rows, !column.pointer().isPresent(""));
        StructField[] children = column.type().fields();
        pointerChildren = new ColumnVector[children.length];
        for (int i = 0; i < children.length; i++) {
            String name = column.lanceChild(children[i].name());
            if (name != null) {
                FieldVector vector = batch.vector(column.child(name));
                pointerChildren[i] = ArrowColumns.of(batch::dictionary, vector, children[i].dataType());
            }
        }
        pointers = source.readsArrays() ? pointers(groups) : null;
    }

    /** The row after the last one that fits a batch starting with this row, counted in the selection. */
    int fit(int from) {
        return pointers == null ? absent.length : source.fit(pointers, from);
    }

    /**
     * The numbers of some rows; null when none are selected. They are read when somebody looks at one of them: Spark asks
     * for the whole struct even where it only wants to know whether it is null.
     */
    LazyBlock block(int from, int to) {
        return pointers == null ? null : source.block(pointers, from, to);
    }

    /** The struct column of some rows with their numbers. */
    ColumnVector column(int from, int to, LazyBlock block) {
        return new PointerStructColumn(column, rows, absent, from, to, pointerChildren, block);
    }

    private static boolean[] absent(VarCharVector groups, RowSelection rows, boolean emptyIsAbsent) {
        boolean[] absent = new boolean[rows.count()];
        for (int i = 0; i < absent.length; i++) {
            int row = rows.at(i);
            absent[i] = groups.isNull(row) || (emptyIsAbsent && groups.getValueLength(row) == 0);
        }
        return absent;
    }

    private CellPointers pointers(VarCharVector groups) {
        boolean sparse = column.pointer().kind() == PointerKind.SPARSE;
        BigIntVector starts = longs(sparse ? PointerStruct.START : PointerStruct.POSITION);
        BigIntVector ends = sparse ? longs(PointerStruct.END) : null;
        BigIntVector zarrRows = column.featureMajor().isEmpty() ? null : longs(PointerStruct.ROW);
        CellPointers.Builder builder = sparse ? CellPointers.sparse(absent.length) : CellPointers.dense(absent.length);
        byte[] lastBytes = new byte[0];
        String group = null;
        for (int i = 0; i < absent.length; i++) {
            if (absent[i]) {
                builder.addAbsent();
                continue;
            }
            int row = rows.at(i);
            // Neighbours nearly always share a group: the text is made once.
            if (!holds(groups, row, lastBytes)) {
                lastBytes = groups.get(row);
                group = ZarrGroups.check(new String(lastBytes, StandardCharsets.UTF_8), source.table());
            }
            long start = starts.isNull(row) ? -1 : starts.get(row);
            if (sparse) {
                long end = ends.isNull(row) ? -1 : ends.get(row);
                builder.add(group, start, end, zarrRows == null || zarrRows.isNull(row) ? -1 : zarrRows.get(row));
            } else {
                builder.add(group, start);
            }
        }
        IntFunction<String> nameOf = i -> {
            int row = rows.at(i);
            return source.names().uid(column, groups.get(row), starts, ends, row);
        };
        return builder.build().named(nameOf);
    }

    private BigIntVector longs(String child) {
        if (batch.vector(column.child(child)) instanceof BigIntVector vector) {
            return vector;
        }
        throw new HoxException("column " + column.child(child) + " of table " + source.table()
                + " must hold 64-bit integers; the table was not written for this format");
    }

    private static boolean holds(VarCharVector groups, int row, byte[] bytes) {
        int length = groups.getValueLength(row);
        if (length != bytes.length) {
            return false;
        }
        long start = groups.getStartOffset(row);
        for (int i = 0; i < length; i++) {
            if (groups.getDataBuffer().getByte(start + i) != bytes[i]) {
                return false;
            }
        }
        return true;
    }
}
