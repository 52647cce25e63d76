package io.hox.ingest;

import io.hox.HoxException;
import io.hox.codec.Crc32c;
import io.hox.store.ByteRange;
import io.hox.store.ByteSlice;
import io.hox.store.ObjectOutput;
import io.hox.store.ObjectStore;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Where the rows of a sparse group begin and end, from the tasks that know it to those that write cells. An object a
 * piece: for every row of the piece's own two 64-bit numbers, in blocks with a checksum each.
 */
final class RowEnds {
    /** Rows of a block. */
    static final int BLOCK = 4096;

    private static final int ROW_BYTES = 2 * Long.BYTES;
    private static final int CHECKSUM = Integer.BYTES;
    private static final int BLOCK_BYTES = BLOCK * ROW_BYTES + CHECKSUM;

    private RowEnds() {}

    /** Writes the object of a piece, row after row; nothing exists before {@link #finish}. */
    static final class Writer implements Closeable {
        private final ObjectStore store;
        private final String key;
        private final ByteBuffer block = ByteBuffer.allocate(BLOCK_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        private ObjectOutput output;

        Writer(ObjectStore store, String key) {
            this.store = store;
            this.key = key;
        }

        void add(long start, long end) {
            block.putLong(start).putLong(end);
            if (block.position() == BLOCK * ROW_BYTES) {
                flush();
            }
        }

        private void flush() {
            int n = block.position();
            block.putInt(Crc32c.of(block.array(), 0, n));
            try {
                if (output == null) {
                    output = store.create(key);
                }
                output.write(block.array(), 0, block.position());
            } catch (IOException e) {
                throw new HoxException("cannot write '" + key + "' in store " + store.uri() + ": " + e.getMessage(), e);
            }
            block.clear();
        }

        /** Completes the object; a piece without rows has none. */
        void finish() {
            if (block.position() > 0) {
                flush();
            }
            if (output != null) {
                try {
                    output.close();
                } catch (IOException e) {
                    throw new HoxException(
                            "cannot write '" + key + "' in store " + store.uri() + ": " + e.getMessage(), e);
                }
                output = null;
            }
        }

        @Override
        public void close() {
            if (output != null) {
                output.abort();
            }
        }
    }

    /** Receives the rows of a read, in ascending order. */
    @FunctionalInterface
    interface Consumer {
        void accept(int row, long start, long end);
    }

    /**
     * Reads whole blocks of an object.
     *
     * @param rows rows of the object
     * @param blocks numbers of blocks, ascending
     * @param n how many of them
     * @param consumer told every row of these blocks by its number in the object
     */
    static void read(ObjectStore store, String key, long rows, int[] blocks, int n, Consumer consumer) {
        ByteRange[] ranges = new ByteRange[n];
        for (int i = 0; i < n; i++) {
            long left = Math.min(BLOCK, rows - (long) blocks[i] * BLOCK);
            ranges[i] = new ByteRange((long) blocks[i] * BLOCK_BYTES, (int) left * ROW_BYTES + CHECKSUM);
        }
        store.readRanges(key, ranges, (i, slice) -> decode(store, key, blocks[i], slice, consumer));
    }

    private static void decode(ObjectStore store, String key, int number, ByteSlice slice, Consumer consumer) {
        int n = slice.length() - CHECKSUM;
        ByteBuffer bytes =
                ByteBuffer.wrap(slice.array(), slice.offset(), slice.length()).order(ByteOrder.LITTLE_ENDIAN);
        if (Crc32c.of(slice.array(), slice.offset(), n) != bytes.getInt(slice.offset() + n)) {
            throw new HoxException("'" + key + "' in store " + store.uri() + " is damaged in block " + number
                    + "; ingest the dataset again");
        }
        for (int row = 0; row < n / ROW_BYTES; row++) {
            consumer.accept(number * BLOCK + row, bytes.getLong(), bytes.getLong());
        }
    }
}
