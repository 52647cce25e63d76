package io.hox.spark;

import io.hox.HoxException;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.sql.vectorized.ColumnarBatch;

/** Some rows of a Lance batch: what Spark gets at once. */
final class BatchPart implements AutoCloseable {
    private final ColumnarBatch columns;
    private final PointerReader[] readers;
    private final LazyBlock[] blocks;
    private final LoadedBatch ended;

    /**
     * @param readers by column; null for metadata
     * @param blocks by column; null where there are no numbers to read
     * @param ended the batch whose last rows these are, to be closed with them; null when more follow
     */
    BatchPart(ColumnVector[] columns, int rows, PointerReader[] readers, LazyBlock[] blocks, LoadedBatch ended) {
        this.columns = new ColumnarBatch(columns, rows);
        this.readers = readers;
        this.blocks = blocks;
        this.ended = ended;
    }

    ColumnarBatch columns() {
        return columns;
    }

    /**
     * Asks for the bytes of those numbers that somebody will want to see.
     *
     * @return how large they are when decoded, about
     */
    long startWanted() {
        long bytes = 0;
        for (int i = 0; i < blocks.length; i++) {
            if (blocks[i] != null && readers[i].isWanted()) {
                try {
                    blocks[i].start();
                } catch (HoxException e) {
                    // These rows may never be looked at; if they are, the block tries again and fails then.
                    continue;
                }
                bytes += readers[i].bytes(blocks[i]);
            }
        }
        return bytes;
    }

    @Override
    public void close() {
        for (LazyBlock block : blocks) {
            if (block != null) {
                block.close();
            }
        }
        if (ended != null) {
            ended.close();
        }
    }
}
