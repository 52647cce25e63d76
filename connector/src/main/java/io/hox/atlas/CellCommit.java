package io.hox.atlas;

import io.hox.lance.FragmentInfo;
import io.hox.lance.LanceSql;
import io.hox.lance.LanceTable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.lance.FragmentMetadata;

/**
 * Makes the written cells of one or several datasets part of an obs table in one commit: look whether it may be done, then
 * do it unless another writer was in between; if so, look at what that one added and try again.
 */
final class CellCommit {
    private final LanceTable obs;
    private final List<String> datasetUids;
    private final List<FragmentMetadata> fragments;
    private final NewUids newUids;
    private final Set<Integer> seen = new HashSet<>();

    /**
     * @param uidsAreGenerated whether uids are made of their dataset's, so that no other dataset can have them
     * @throws io.hox.HoxException when a uid occurs twice among the new cells
     */
    CellCommit(LanceTable obs, List<String> datasetUids, List<FragmentMetadata> fragments, boolean uidsAreGenerated) {
        this.obs = obs;
        this.datasetUids = List.copyOf(datasetUids);
        this.fragments = fragments;
        this.newUids = uidsAreGenerated || fragments.isEmpty() ? null : new NewUids(obs, fragments);
    }

    /** @return false when the dataset has cells, in which case nothing is changed */
    boolean add() {
        return Retries.run(obs, "add the cells of dataset " + datasetUids.get(0), () -> {
            List<Integer> unseen = unseen();
            if (hasCells(obs, unseen, datasetUids)) {
                return false;
            }
            if (newUids != null && !unseen.isEmpty()) {
                newUids.check(unseen, null);
            }
            obs.change(null, fragments);
            return true;
        });
    }

    /** @return false when the dataset has no cells, in which case nothing is changed */
    boolean replace() {
        String present = ofDatasets(datasetUids);
        return Retries.run(obs, "replace the cells of dataset " + datasetUids.get(0), () -> {
            if (!obs.hasRows(present, null)) {
                return false;
            }
            List<Integer> unseen = unseen();
            if (newUids != null && !unseen.isEmpty()) {
                newUids.check(unseen, "NOT (" + present + ")");
            }
            obs.change(present, fragments);
            return true;
        });
    }

    /** @return how many cells there were */
    static long remove(LanceTable obs, List<String> datasetUids) {
        String filter = ofDatasets(datasetUids);
        return Retries.run(
                obs,
                "remove the cells of dataset " + datasetUids.get(0),
                () -> obs.countRows(filter) == 0 ? 0 : obs.change(filter, List.of()));
    }

    /** Whether an obs table has a cell of any of these datasets. */
    static boolean hasCells(LanceTable obs, List<String> datasetUids) {
        return hasCells(obs, null, datasetUids);
    }

    private static boolean hasCells(LanceTable obs, List<Integer> fragments, List<String> datasetUids) {
        return obs.hasRows(ofDatasets(datasetUids), fragments);
    }

    private static String ofDatasets(List<String> datasetUids) {
        return LanceSql.inStrings(LanceSql.column("dataset_uid"), datasetUids);
    }

    /** Fragments that no earlier attempt has looked at. */
    private List<Integer> unseen() {
        List<Integer> unseen = new ArrayList<>();
        for (FragmentInfo fragment : obs.fragments()) {
            if (seen.add(fragment.id())) {
                unseen.add(fragment.id());
            }
        }
        return unseen;
    }
}
