package io.hox.index;

import io.hox.HoxException;
import io.hox.lance.LanceScan;
import io.hox.lance.LanceTable;
import io.hox.lance.ScanRequest;
import java.io.Closeable;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.arrow.memory.util.ByteFunctionHelpers;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VarCharVector;

/** Walks over the cells of some groups, slice by slice in table order, holding one batch of pointers. */
final class CellCursor implements Closeable {
    private static final int BATCH = 32_768;
    private static final int NONE = -1;

    private final List<PointerSource> sources;
    private final Map<String, Integer> groups;
    private final Iterator<Slice> slices;

    private Slice slice;
    private LanceTable table;
    private int tableSource = NONE;
    private LanceScan scan;
    private VarCharVector names;
    private BigIntVector starts;
    private BigIntVector ends;
    private BigIntVector rows;
    private int count;
    private int at;
    private long batchOffset;
    private int group = NONE;

    /** @param groups number of each group that is wanted */
    CellCursor(List<PointerSource> sources, Map<String, Integer> groups, Iterator<Slice> slices) {
        this.sources = sources;
        this.groups = groups;
        this.slices = slices;
    }

    /** Moves to the next cell of one of the groups; false at the end. */
    boolean next() {
        while (true) {
            if (++at < count) {
                if (at == 0 || changes()) {
                    group = names.isNull(at)
                            ? NONE
                            : groups.getOrDefault(names.getObject(at).toString(), NONE);
                }
                if (group != NONE) {
                    return true;
                }
            } else if (!nextBatch()) {
                return false;
            }
        }
    }

    /** The number of the cell's group. */
    int group() {
        return group;
    }

    /** First entry of the cell; -1 where the table has none. */
    long start() {
        return starts.isNull(at) ? NONE : starts.get(at);
    }

    /** Behind the last entry of the cell; -1 where the table has none. */
    long end() {
        return ends.isNull(at) ? NONE : ends.get(at);
    }

    /** The cell's row in its group; -1 where the table has none. */
    long row() {
        return rows.isNull(at) ? NONE : rows.get(at);
    }

    /** The slice that the cell is in. */
    Slice slice() {
        return slice;
    }

    /** How many rows of the slice come before the cell. */
    long place() {
        return batchOffset + at;
    }

    private boolean changes() {
        if (names.isNull(at) || names.isNull(at - 1)) {
            return names.isNull(at) != names.isNull(at - 1);
        }
        long from = names.getStartOffset(at);
        long before = names.getStartOffset(at - 1);
        int length = names.getValueLength(at);
        return length != names.getValueLength(at - 1)
                || ByteFunctionHelpers.equal(
                                names.getDataBuffer(), from, from + length, names.getDataBuffer(), before, from)
                        == 0;
    }

    private boolean nextBatch() {
        while (scan == null || !scan.next()) {
            closeScan();
            if (!slices.hasNext()) {
                return false;
            }
            open(slices.next());
        }
        PointerSource source = sources.get(slice.source());
        batchOffset += count;
        names = (VarCharVector) scan.batch().getVector(source.group());
        starts = longs(source, source.start());
        ends = longs(source, source.end());
        rows = longs(source, source.row());
        count = scan.batch().getRowCount();
        at = -1;
        return true;
    }

    private BigIntVector longs(PointerSource source, String column) {
        FieldVector vector = scan.batch().getVector(column);
        if (vector instanceof BigIntVector longs) {
            return longs;
        }
        throw new HoxException("column " + column + " of table "
                + source.table().table() + " must hold 64-bit integers; the table was not written for this format");
    }

    private void open(Slice next) {
        slice = next;
        if (tableSource != slice.source()) {
            closeTable();
            table = sources.get(slice.source()).table().open();
            tableSource = slice.source();
        }
        scan = table.scan(ScanRequest.ALL
                .withColumns(sources.get(slice.source()).columns())
                .withFragments(List.of(slice.fragment()))
                .withOffset(slice.offset())
                .withLimit(slice.rows())
                .withBatchSize(BATCH));
        batchOffset = 0;
        count = 0;
    }

    private void closeScan() {
        if (scan != null) {
            scan.close();
            scan = null;
        }
    }

    private void closeTable() {
        if (table != null) {
            table.close();
            table = null;
        }
    }

    @Override
    public void close() {
        closeScan();
        closeTable();
    }
}
