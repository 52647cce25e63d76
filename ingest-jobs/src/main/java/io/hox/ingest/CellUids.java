package io.hox.ingest;

import io.hox.HoxException;
import io.hox.lance.LanceScan;
import io.hox.lance.LanceSql;
import io.hox.lance.LanceTable;
import io.hox.lance.LanceTableRef;
import io.hox.lance.ScanRequest;
import io.hox.source.Column;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jpountz.xxhash.XXHash64;
import net.jpountz.xxhash.XXHashFactory;
import org.apache.arrow.vector.VarCharVector;

/**
 * Cell uids that sources bring along must be new: in their source, among the sources of a job, in the cell table.
 * Thread-safe. Memory: eight bytes a cell, and twice that for the source that is looked at.
 */
final class CellUids {
    private static final int WINDOW = 10_000;
    private static final long SEED = 0x5bd1e995L;
    private static final XXHash64 HASH = XXHashFactory.fastestInstance().hash64();

    private final LanceTableRef table;
    private final Map<String, long[]> sortedOf = new LinkedHashMap<>();

    CellUids(LanceTableRef table) {
        this.table = table;
    }

    /**
     * Takes the uids of a source, or none of them.
     *
     * @param column holds them, one a cell
     * @param replaced the dataset whose cells will be gone, or null
     * @throws HoxException when one is missing or taken
     */
    synchronized void claim(String name, Column column, String replaced) {
        String what = name + ": obs column " + column.name() + " is mapped to uid but ";
        long[] hashes = new long[column.length()];
        try (LanceTable cells = table.open()) {
            for (int from = 0; from < hashes.length; from += WINDOW) {
                String[] uids = column.rows(from, Math.min(hashes.length, from + WINDOW))
                        .texts();
                for (int i = 0; i < uids.length; i++) {
                    if (uids[i] == null || uids[i].isEmpty()) {
                        throw new HoxException(what + "has no value in row " + (from + i) + "; every cell needs one");
                    }
                    byte[] bytes = uids[i].getBytes(StandardCharsets.UTF_8);
                    hashes[from + i] = HASH.hash(bytes, 0, bytes.length, SEED);
                }
                requireNew(what, cells, Arrays.asList(uids), replaced);
            }
        }
        long[] sorted = hashes.clone();
        Arrays.sort(sorted);
        requireDistinct(what, column, hashes, sorted);
        for (Map.Entry<String, long[]> other : sortedOf.entrySet()) {
            requireOthers(what, column, hashes, sorted, other.getKey(), other.getValue());
        }
        sortedOf.put(name, sorted);
    }

    /** Gives back the uids of a source that was not ingested. */
    synchronized void release(String name) {
        sortedOf.remove(name);
    }

    private static void requireDistinct(String what, Column column, long[] hashes, long[] sorted) {
        for (int i = 1; i < sorted.length; i++) {
            if (sorted[i] == sorted[i - 1]) {
                int first = indexOf(hashes, sorted[i], 0);
                String uid = text(column, first);
                for (int row = indexOf(hashes, sorted[i], first + 1);
                        row >= 0;
                        row = indexOf(hashes, sorted[i], row + 1)) {
                    if (uid.equals(text(column, row))) {
                        throw new HoxException(what + "has the value " + uid + " in rows " + first + " and " + row
                                + "; cell uids must be distinct. Leave the mapping out to have uids made");
                    }
                }
            }
        }
    }

    private static void requireOthers(
            String what, Column column, long[] hashes, long[] sorted, String other, long[] taken) {
        int at = 0;
        for (long hash : sorted) {
            while (at < taken.length && taken[at] < hash) {
                at++;
            }
            if (at < taken.length && taken[at] == hash) {
                int row = indexOf(hashes, hash, 0);
                throw new HoxException(what + "the value " + text(column, row) + " in row " + row + " also occurs in "
                        + other + "; cell uids must be distinct");
            }
        }
    }

    private static int indexOf(long[] hashes, long hash, int from) {
        for (int i = from; i < hashes.length; i++) {
            if (hashes[i] == hash) {
                return i;
            }
        }
        return -1;
    }

    private static String text(Column column, int row) {
        return column.rows(row, row + 1).texts()[0];
    }

    private static void requireNew(String what, LanceTable cells, List<String> uids, String replaced) {
        String taken = LanceSql.inStrings(LanceSql.column("uid"), uids);
        String others = replaced == null
                ? taken
                : taken + " AND " + LanceSql.column("dataset_uid") + " != " + LanceSql.literal(replaced);
        ScanRequest request =
                ScanRequest.ALL.withColumns("uid").withFilter(others).withLimit(1);
        try (LanceScan scan = cells.scan(request)) {
            while (scan.next()) {
                if (scan.batch().getRowCount() > 0) {
                    VarCharVector found = (VarCharVector) scan.batch().getVector("uid");
                    throw new HoxException(what + "the atlas has a cell " + found.getObject(0)
                            + " already; cell uids must be distinct");
                }
            }
        }
    }
}
