package io.hox.atlas;

import io.hox.lance.FragmentInfo;
import io.hox.lance.LanceScan;
import io.hox.lance.LanceTable;
import io.hox.lance.ScanRequest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.VarCharVector;

/**
 * Finds cells with equal uids. Uids are compared by 64-bit hashes first, eight bytes a cell; the few suspects are then
 * compared in full.
 */
final class DuplicateUids {
    private static final int MAX_SUSPECTS = 100_000;

    private final LanceTable cells;

    DuplicateUids(LanceTable cells) {
        this.cells = cells;
    }

    /** Some uids (at most so many) that more than one row has. */
    List<String> find(int max) {
        return duplicates(repeated(hashes(null)), max);
    }

    /** Some uids of the rows of these fragments that another row has, too, in any fragment. */
    List<String> findAmong(List<Integer> fragments, int max) {
        long[] added = hashes(fragments);
        List<Integer> others = new ArrayList<>();
        for (FragmentInfo fragment : cells.fragments()) {
            if (!fragments.contains(fragment.id())) {
                others.add(fragment.id());
            }
        }
        long[] suspects = repeated(added);
        if (!others.isEmpty()) {
            Collector shared = new Collector();
            scan(others, (uids, row) -> {
                long hash = hash(uids, row);
                if (Arrays.binarySearch(added, hash) >= 0) {
                    shared.add(hash);
                }
            });
            suspects = merge(suspects, shared.sorted());
        }
        return duplicates(suspects, max);
    }

    private long[] hashes(List<Integer> fragments) {
        Collector all = new Collector();
        scan(fragments, (uids, row) -> all.add(hash(uids, row)));
        return all.sorted();
    }

    private static long[] repeated(long[] sorted) {
        Collector repeated = new Collector();
        for (int i = 1; i < sorted.length; i++) {
            if (sorted[i] == sorted[i - 1]) {
                repeated.add(sorted[i]);
            }
        }
        return repeated.sorted();
    }

    private static long[] merge(long[] a, long[] b) {
        long[] merged = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, merged, a.length, b.length);
        Arrays.sort(merged);
        return merged;
    }

    private List<String> duplicates(long[] suspects, int max) {
        if (suspects.length == 0) {
            return List.of();
        }
        Map<String, Integer> counts = new HashMap<>();
        scan(null, (uids, row) -> {
            if (counts.size() < MAX_SUSPECTS && Arrays.binarySearch(suspects, hash(uids, row)) >= 0) {
                counts.merge(ArrowValues.text(uids, row), 1, Integer::sum);
            }
        });
        TreeSet<String> found = new TreeSet<>();
        counts.forEach((uid, count) -> {
            if (count > 1) {
                found.add(uid);
            }
        });
        return found.stream().limit(max).toList();
    }

    private void scan(List<Integer> fragments, RowConsumer consumer) {
        ScanRequest request = ScanRequest.ALL.withColumns("uid").withFragments(fragments);
        try (LanceScan scan = cells.scan(request)) {
            while (scan.next()) {
                VarCharVector uids = (VarCharVector) scan.batch().getVector("uid");
                for (int row = 0; row < uids.getValueCount(); row++) {
                    consumer.accept(uids, row);
                }
            }
        }
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

    private interface RowConsumer {
        void accept(VarCharVector uids, int row);
    }

    private static final class Collector {
        private long[] values = new long[1024];
        private int size;

        void add(long value) {
            if (size == values.length) {
                values = Arrays.copyOf(values, Math.addExact(size, size / 2));
            }
            values[size++] = value;
        }

        long[] sorted() {
            long[] sorted = Arrays.copyOf(values, size);
            Arrays.sort(sorted);
            return sorted;
        }
    }
}
