package io.hox.lance;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.UInt8Vector;
import org.lance.Fragment;
import org.lance.FragmentMetadata;
import org.lance.operation.Update;

/**
 * Takes rows away and adds others in one commit, unless another such change was committed since the version it starts
 * from.
 *
 * <p>Lance moves an append silently behind whatever was committed meanwhile, so two writers that both found a row missing
 * would both add it. It refuses updates, however, that touch a fragment which another update touched. All exclusive
 * changes therefore claim to remove one fragment that never exists: {@value #LOCK}.
 */
final class ExclusiveChange {
    /** Fragments are numbered from 0 upwards; Lance keeps their numbers in 32 bits. */
    private static final long LOCK = 0xFFFF_FFF0L;

    private final OpenTable table;
    private final List<Long> removed = new ArrayList<>(List.of(LOCK));
    private final List<FragmentMetadata> updated = new ArrayList<>();
    private final List<FragmentMetadata> added = new ArrayList<>();

    ExclusiveChange(OpenTable table) {
        this.table = table;
    }

    /** Adds the rows of fragments that have been written. */
    void add(List<FragmentMetadata> fragments) {
        added.addAll(fragments);
    }

    /**
     * Removes the rows that pass a filter.
     *
     * @return how many there are
     */
    long remove(String filter) {
        Map<Integer, List<Integer>> offsets = new LinkedHashMap<>();
        long rows = 0;
        ScanRequest request =
                ScanRequest.ALL.withColumns(List.of()).withFilter(filter).withRowAddresses();
        try (LanceScan scan = table.scan(request)) {
            while (scan.next()) {
                UInt8Vector addresses = (UInt8Vector) scan.batch().getVector("_rowaddr");
                for (int i = 0; i < addresses.getValueCount(); i++) {
                    long address = addresses.get(i);
                    offsets.computeIfAbsent((int) (address >>> Integer.SIZE), f -> new ArrayList<>())
                            .add((int) address);
                    rows++;
                }
            }
        }
        offsets.forEach(this::remove);
        return rows;
    }

    private void remove(int fragmentId, List<Integer> offsets) {
        table.call(null, () -> {
            Fragment fragment = table.dataset().getFragment(fragmentId);
            if (fragment.metadata().getNumRows() == offsets.size()) {
                removed.add((long) fragmentId);
            } else {
                updated.add(fragment.deleteRows(offsets));
            }
            return null;
        });
    }

    /**
     * Commits and moves the table's handle to the new version.
     *
     * @throws ConflictException when another exclusive change was faster, or rows to be removed have been moved
     */
    void commit() {
        table.commit(Update.builder()
                .removedFragmentIds(removed)
                .updatedFragments(updated)
                .newFragments(added)
                .build());
    }
}
