package io.hox.atlas;

import io.hox.lance.LanceScan;
import io.hox.lance.LanceTable;
import io.hox.lance.ScanRequest;
import java.util.Arrays;
import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.VarCharVector;

/** Uids of cells as sorted 64-bit hashes, eight bytes a cell. Equal hashes are a suspicion, no proof. */
final class UidHashes {
    private long[] values = new long[1024];
    private int size;

    /** The uids of the rows of some fragments; null = all. */
    static UidHashes of(LanceTable cells, List<Integer> fragments) {
        UidHashes hashes = new UidHashes();
        scan(cells, fragments, null, (uids, row) -> hashes.add(hash(uids, row)));
        Arrays.sort(hashes.values, 0, hashes.size);
        return hashes;
    }

    /** Calls back for every row of some fragments (null = all) that passes a filter (null = every one). */
    static void scan(LanceTable cells, List<Integer> fragments, String filter, RowConsumer consumer) {
        ScanRequest request =
                ScanRequest.ALL.withColumns("uid").withFragments(fragments).withFilter(filter);
        try (LanceScan scan = cells.scan(request)) {
            while (scan.next()) {
                VarCharVector uids = (VarCharVector) scan.batch().getVector("uid");
                for (int row = 0; row < uids.getValueCount(); row++) {
                    consumer.accept(uids, row);
                }
            }
        }
    }

    boolean isEmpty() {
        return size == 0;
    }

    boolean contains(long hash) {
        return Arrays.binarySearch(values, 0, size, hash) >= 0;
    }

    boolean contains(VarCharVector uids, int row) {
        return contains(hash(uids, row));
    }

    /** The hashes that occur more than once. */
    UidHashes repeated() {
        UidHashes repeated = new UidHashes();
        for (int i = 1; i < size; i++) {
            if (values[i] == values[i - 1]) {
                repeated.add(values[i]);
            }
        }
        return repeated;
    }

    private void add(long value) {
        if (size == values.length) {
            values = Arrays.copyOf(values, Math.addExact(size, size / 2));
        }
        values[size++] = value;
    }

    /** FNV-1a over the bytes, with a final mix. */
    private static long hash(VarCharVector uids, int row) {
        ArrowBuf bytes = uids.getDataBuffer();
        long hash = 0xcbf29ce484222325L;
        int end = uids.getEndOffset(row);
        for (int i = uids.getStartOffset(row); i < end; i++) {
            hash = (hash ^ (bytes.getByte(i) & 0xFF)) * 0x100000001b3L;
        }
        hash ^= hash >>> 32;
        hash *= 0x9E3779B97F4A7C15L;
        return hash ^ (hash >>> 29);
    }

    interface RowConsumer {
        void accept(VarCharVector uids, int row);
    }
}
