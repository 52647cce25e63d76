package io.hox.spark;

import io.hox.lance.LanceBatch;
import java.util.List;
import org.apache.spark.sql.vectorized.ColumnVector;

/** A Lance batch as columns, served in parts of bounded size. */
final class LoadedBatch implements AutoCloseable {
    private final LanceBatch batch;
    private final RowSelection rows;
    /** By column; null for pointers. */
    private final ColumnVector[] metadata;
    /** By column; null for metadata. */
    private final PointerBatch[] pointers;

    private final PointerReader[] readers;
    private int nextRow;

    /**
     * @param selected closed with this
     * @param readers by column; null for metadata
     */
    LoadedBatch(SelectedBatch selected, List<OutputColumn> columns, PointerReader[] readers) {
        this.batch = selected.batch();
        this.rows = selected.rows();
        this.readers = readers;
        metadata = new ColumnVector[readers.length];
        pointers = new PointerBatch[readers.length];
        for (int i = 0; i < readers.length; i++) {
            OutputColumn column = columns.get(i);
            if (readers[i] == null) {
                metadata[i] = ArrowColumns.of(batch::dictionary, batch.vector(column.name()), column.type());
            } else {
                pointers[i] = new PointerBatch(readers[i], selected);
            }
        }
    }

    boolean hasMore() {
        return nextRow < rows.count();
    }

    /** The next rows, as many as fit the budget. The last part closes the batch. */
    BatchPart next() {
        int from = nextRow;
        int to = rows.count();
        for (PointerBatch pointer : pointers) {
            to = pointer == null ? to : Math.min(to, pointer.fit(from));
        }
        ColumnVector[] columns = new ColumnVector[readers.length];
        LazyBlock[] blocks = new LazyBlock[readers.length];
        for (int i = 0; i < columns.length; i++) {
            if (pointers[i] == null) {
                columns[i] = SlicedColumn.of(metadata[i], rows, from);
            } else {
                blocks[i] = pointers[i].block(from, to);
                columns[i] = pointers[i].column(from, to, blocks[i]);
            }
        }
        nextRow = to;
        return new BatchPart(columns, to - from, readers, blocks, hasMore() ? null : this);
    }

    @Override
    public void close() {
        batch.close();
    }
}
