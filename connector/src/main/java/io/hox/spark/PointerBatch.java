package io.hox.spark;

import io.hox.HoxException;
import io.hox.atlas.PointerKind;
import io.hox.atlas.ZarrGroups;
import io.hox.lance.LanceScan;
import io.hox.matrix.CellBlock;
import io.hox.matrix.CellPointers;
import io.hox.matrix.CellReader;
import java.nio.charset.StandardCharsets;
import java.util.function.IntFunction;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.vectorized.ColumnVector;

/** One pointer column of the current Lance batch, and the reader of its cells' numbers. */
final class PointerBatch {
    private final OutputColumn.Pointer column;
    private final CellReader reader;
    private final long entryBudget;
    private final String table;
    private final CellNames names;
    private RowSelection rows;
    private ColumnVector[] pointerChildren;
    private boolean[] absent;
    private CellPointers pointers;
    private long entries;

    /**
     * @param reader null when no array is selected
     * @param entryBudget entries that one columnar batch may take
     */
    PointerBatch(OutputColumn.Pointer column, CellReader reader, long entryBudget, String table, CellNames names) {
        this.column = column;
        this.reader = reader;
        this.entryBudget = entryBudget;
        this.table = table;
        this.names = names;
    }

    /** Takes over the selected rows of the scan's current batch. */
    void load(LanceScan scan, RowSelection selected) {
        rows = selected;
        VectorSchemaRoot batch = scan.batch();
        VarCharVector groups = (VarCharVector) batch.getVector(column.child(PointerStruct.GROUP));
        absent = absent(groups, rows, !column.pointer().isPresent(""));
        StructField[] children = column.type().fields();
        pointerChildren = new ColumnVector[children.length];
        for (int i = 0; i < children.length; i++) {
            String name = column.lanceChild(children[i].name());
            if (name != null) {
                FieldVector vector = batch.getVector(column.child(name));
                pointerChildren[i] = ArrowColumns.of(scan, vector, children[i].dataType());
            }
        }
        pointers = reader == null ? null : pointers(batch, groups);
    }

    /** The row after the last one that fits a batch starting with this row, counted in the selection. */
    int fit(int from) {
        return reader == null ? absent.length : reader.fit(pointers, from, entryBudget);
    }

    /**
     * The struct column of some rows. Its numbers are read when somebody looks at one of them: Spark asks for the whole
     * struct even where it only wants to know whether it is null.
     */
    ColumnVector column(int from, int to) {
        LazyBlock block = reader == null ? null : new LazyBlock(() -> read(pointers, from, to));
        return new PointerStructColumn(column, rows, absent, from, to, pointerChildren, block);
    }

    private CellBlock read(CellPointers batch, int from, int to) {
        CellBlock block = reader.read(batch, from, to);
        entries += block.entries();
        return block;
    }

    /** Entries read so far. */
    long entries() {
        return entries;
    }

    private static boolean[] absent(VarCharVector groups, RowSelection rows, boolean emptyIsAbsent) {
        boolean[] absent = new boolean[rows.count()];
        for (int i = 0; i < absent.length; i++) {
            int row = rows.at(i);
            absent[i] = groups.isNull(row) || (emptyIsAbsent && groups.getValueLength(row) == 0);
        }
        return absent;
    }

    private CellPointers pointers(VectorSchemaRoot batch, VarCharVector groups) {
        boolean sparse = column.pointer().kind() == PointerKind.SPARSE;
        BigIntVector starts = longs(batch, sparse ? PointerStruct.START : PointerStruct.POSITION);
        BigIntVector ends = sparse ? longs(batch, PointerStruct.END) : null;
        BigIntVector zarrRows = column.featureMajor().isEmpty() ? null : longs(batch, PointerStruct.ROW);
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
                group = ZarrGroups.check(new String(lastBytes, StandardCharsets.UTF_8), table);
            }
            long start = starts.isNull(row) ? -1 : starts.get(row);
            if (sparse) {
                long end = ends.isNull(row) ? -1 : ends.get(row);
                builder.add(group, start, end, zarrRows == null || zarrRows.isNull(row) ? -1 : zarrRows.get(row));
            } else {
                builder.add(group, start);
            }
        }
        RowSelection selected = rows;
        IntFunction<String> nameOf = i -> {
            int row = selected.at(i);
            return names.uid(column, groups.get(row), starts, ends, row);
        };
        return builder.build().named(nameOf);
    }

    private BigIntVector longs(VectorSchemaRoot batch, String child) {
        if (batch.getVector(column.child(child)) instanceof BigIntVector vector) {
            return vector;
        }
        throw new HoxException("column " + column.child(child) + " of table " + table
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
