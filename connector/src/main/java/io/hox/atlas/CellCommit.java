package io.hox.atlas;

import io.hox.HoxException;
import io.hox.lance.FragmentInfo;
import io.hox.lance.LanceScan;
import io.hox.lance.LanceSql;
import io.hox.lance.LanceTable;
import io.hox.lance.ScanRequest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.lance.FragmentMetadata;

/** Makes written cells part of an obs table, unless that would give two cells one uid. */
final class CellCommit {
    private static final int SHOWN = 5;

    private CellCommit() {}

    /** @return false when the job's cells were there already */
    static boolean add(LanceTable obs, List<FragmentMetadata> fragments, String jobId) {
        if (fragments.isEmpty() || obs.isCommitted(jobId)) {
            return false;
        }
        checkUids(obs, fragments);
        return obs.commitAppend(fragments, jobId);
    }

    private static void checkUids(LanceTable obs, List<FragmentMetadata> fragments) {
        Set<Integer> before = new HashSet<>();
        obs.fragments().forEach(fragment -> before.add(fragment.id()));
        try (LanceTable preview = obs.preview(fragments)) {
            List<Integer> added = new ArrayList<>();
            for (FragmentInfo fragment : preview.fragments()) {
                if (!before.contains(fragment.id())) {
                    added.add(fragment.id());
                }
            }
            List<String> duplicates = new DuplicateUids(preview).findAmong(added, SHOWN);
            if (!duplicates.isEmpty()) {
                throw new HoxException("cell uids must be unique in " + obs.uri() + ", but these occur twice: "
                        + String.join(", ", duplicates) + "; no cells were added");
            }
        }
    }

    /** Whether an obs table has a cell of this dataset. */
    static boolean hasCells(LanceTable obs, String datasetUid) {
        String filter = LanceSql.column("dataset_uid") + " = " + LanceSql.literal(datasetUid);
        ScanRequest first =
                ScanRequest.ALL.withColumns(List.of()).withFilter(filter).withLimit(1);
        try (LanceScan scan = obs.scan(first)) {
            while (scan.next()) {
                if (scan.batch().getRowCount() > 0) {
                    return true;
                }
            }
        }
        return false;
    }
}
