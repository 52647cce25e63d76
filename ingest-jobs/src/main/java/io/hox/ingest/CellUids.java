package io.hox.ingest;

import io.hox.HoxException;
import io.hox.lance.LanceScan;
import io.hox.lance.LanceSql;
import io.hox.lance.LanceTable;
import io.hox.lance.LanceTableRef;
import io.hox.lance.ScanRequest;
import io.hox.source.Column;
import io.hox.source.DataFrame;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.VarCharVector;

/**
 * Cell uids that sources bring along must be new: in their source, among the sources of a job, in the cell table.
 * Thread-safe. Memory: eight bytes a cell of every source.
 */
final class CellUids {
    private final LanceTableRef table;
    private final Map<String, long[]> claimed = new LinkedHashMap<>();

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
        TextHashes uids;
        try (LanceTable cells = table.open()) {
            uids = new TextHashes(
                    column.length(), (from, to) -> column.rows(from, to).texts(), (firstRow, texts) -> {
                        requireAll(what, firstRow, texts);
                        requireNew(what, cells, Arrays.asList(texts), replaced);
                    });
        }
        int[] twice = uids.repeated();
        if (twice != null) {
            throw new HoxException(what + "has the value " + uids.text(twice[0]) + " in rows " + twice[0] + " and "
                    + twice[1] + "; cell uids must be distinct. Leave the mapping out to have uids made");
        }
        claimed.forEach((other, theirs) -> {
            int row = uids.rowIn(theirs);
            if (row >= 0) {
                throw new HoxException(what + "the value " + uids.text(row) + " in row " + row + " also occurs in "
                        + other + "; cell uids must be distinct");
            }
        });
        claimed.put(name, uids.sorted());
    }

    /** Gives back the uids of a source that was not ingested. */
    synchronized void release(String name) {
        claimed.remove(name);
    }

    /** Refuses a source whose obs index, as the cells' names, has a name twice. */
    static void requireDistinctNames(String name, DataFrame obs) {
        TextHashes names =
                new TextHashes(obs.rows(), (from, to) -> obs.rows(from, to).index(), (firstRow, texts) -> {});
        int[] twice = names.repeated();
        if (twice != null) {
            throw new HoxException(name + ": the index of obs names two cells " + names.text(twice[0]) + ", in rows "
                    + twice[0] + " and " + twice[1] + " (counted from 0). Make the names distinct, or fill "
                    + ObsAlignment.INDEX_COLUMN + " from another obs column with --obs COLUMN="
                    + ObsAlignment.INDEX_COLUMN);
        }
    }

    private static void requireAll(String what, int firstRow, String[] uids) {
        for (int i = 0; i < uids.length; i++) {
            if (uids[i] == null || uids[i].isEmpty()) {
                throw new HoxException(what + "has no value in row " + (firstRow + i) + "; every cell needs one");
            }
        }
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
