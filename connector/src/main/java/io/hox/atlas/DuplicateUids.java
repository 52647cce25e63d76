package io.hox.atlas;

import io.hox.lance.LanceTable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Finds cells of one table with equal uids. Hashes are compared first, the few suspects then in full. */
final class DuplicateUids {
    private static final int MAX_SUSPECTS = 100_000;

    private DuplicateUids() {}

    /**
     * Some uids that more than one row has.
     *
     * @param fragments the fragments to look at; null = all
     * @param max how many to return at most
     */
    static List<String> find(LanceTable cells, List<Integer> fragments, int max) {
        UidHashes suspects = UidHashes.of(cells, fragments).repeated();
        if (suspects.isEmpty()) {
            return List.of();
        }
        Map<String, Integer> counts = new HashMap<>();
        UidHashes.scan(cells, fragments, null, (uids, row) -> {
            if (counts.size() < MAX_SUSPECTS && suspects.contains(uids, row)) {
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
}
