package io.hox.ingest;

import io.hox.HoxException;
import io.hox.lance.LanceScan;
import io.hox.lance.LanceSql;
import io.hox.lance.LanceTable;
import io.hox.lance.LanceTableRef;
import io.hox.lance.ScanRequest;
import io.hox.source.DataFrame;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.arrow.vector.VarCharVector;

/** Cell uids that files bring along must be new: in their file, among the files of a job, in the cell table. */
final class CellUids {
    private static final int LOOKED_UP_AT_ONCE = 10_000;

    private final LanceTableRef table;
    private final Map<String, String> fileOf = new HashMap<>();

    CellUids(LanceTableRef table) {
        this.table = table;
    }

    /**
     * Takes the uids of a file, or none of them.
     *
     * @param column the obs column that holds them
     * @throws HoxException when one is missing or taken
     */
    void claim(String file, String column, DataFrame obs) {
        String what = file + ": obs column " + column + " is mapped to uid but ";
        String[] uids = obs.column(column).texts();
        Set<String> seen = new HashSet<>(uids.length * 2);
        for (int row = 0; row < uids.length; row++) {
            if (uids[row] == null || uids[row].isEmpty()) {
                throw new HoxException(what + "has no value in row " + row + "; every cell needs one");
            }
            if (!seen.add(uids[row])) {
                int first = Arrays.asList(uids).indexOf(uids[row]);
                throw new HoxException(what + "has the value " + uids[row] + " in rows " + first + " and " + row
                        + "; cell uids must be distinct. Leave the mapping out to have uids made");
            }
            if (fileOf.containsKey(uids[row])) {
                throw new HoxException(what + "the value " + uids[row] + " in row " + row + " also occurs in "
                        + fileOf.get(uids[row]) + "; cell uids must be distinct");
            }
        }
        requireNew(what, uids);
        for (String uid : uids) {
            fileOf.put(uid, file);
        }
    }

    private void requireNew(String what, String[] uids) {
        try (LanceTable cells = table.open()) {
            for (int from = 0; from < uids.length; from += LOOKED_UP_AT_ONCE) {
                List<String> some = Arrays.asList(uids).subList(from, Math.min(uids.length, from + LOOKED_UP_AT_ONCE));
                ScanRequest request = ScanRequest.ALL
                        .withColumns("uid")
                        .withFilter(LanceSql.inStrings(LanceSql.column("uid"), some))
                        .withLimit(1);
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
    }
}
