package io.hox.atlas;

import io.hox.lance.FragmentInfo;
import io.hox.lance.LanceTable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.lance.FragmentMetadata;

/** The uids of cells that are to be added: they must differ from one another and from those that are there. */
final class NewUids {
    private static final int SHOWN = 5;
    private static final int MAX_SUSPECTS = 100_000;

    private final LanceTable obs;
    private final List<FragmentMetadata> fragments;
    private final UidHashes hashes;

    /** @throws TakenUidsException when a uid occurs twice among the new cells */
    NewUids(LanceTable obs, List<FragmentMetadata> fragments) {
        this.obs = obs;
        this.fragments = fragments;
        try (LanceTable preview = obs.preview(fragments)) {
            List<Integer> added = added(preview);
            hashes = UidHashes.of(preview, added);
            refuse(DuplicateUids.find(preview, added, SHOWN));
        }
    }

    /**
     * Compares them with cells of the table.
     *
     * @param among the fragments to look at
     * @param filter the cells to look at; null = all
     * @throws TakenUidsException when a uid is taken
     */
    void check(List<Integer> among, String filter) {
        Set<String> suspects = new HashSet<>();
        UidHashes.scan(obs, among, filter, (uids, row) -> {
            if (suspects.size() < MAX_SUSPECTS && hashes.contains(uids, row)) {
                suspects.add(ArrowValues.text(uids, row));
            }
        });
        if (suspects.isEmpty()) {
            return;
        }
        Set<String> taken = new TreeSet<>();
        try (LanceTable preview = obs.preview(fragments)) {
            UidHashes.scan(preview, added(preview), null, (uids, row) -> {
                String uid = ArrowValues.text(uids, row);
                if (suspects.contains(uid)) {
                    taken.add(uid);
                }
            });
        }
        refuse(taken.stream().limit(SHOWN).toList());
    }

    private List<Integer> added(LanceTable preview) {
        Set<Integer> before = new HashSet<>();
        obs.fragments().forEach(fragment -> before.add(fragment.id()));
        List<Integer> added = new ArrayList<>();
        for (FragmentInfo fragment : preview.fragments()) {
            if (!before.contains(fragment.id())) {
                added.add(fragment.id());
            }
        }
        return added;
    }

    private void refuse(List<String> duplicates) {
        if (!duplicates.isEmpty()) {
            throw new TakenUidsException("cell uids must be unique in " + obs.uri() + ", but these occur twice: "
                    + String.join(", ", duplicates) + "; no cells were added");
        }
    }
}
