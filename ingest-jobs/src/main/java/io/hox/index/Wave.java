package io.hox.index;

import io.hox.store.ObjectStore;
import io.hox.zarr.ZarrCache;
import io.hox.zarr.ZarrHierarchy;
import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Groups that are copied together, as executors see them.
 *
 * @param sources the pointer columns
 * @param groups at least one
 * @param tasks the cells: for each task, slices of the sources
 * @param storeUri the Zarr root
 * @param storeOptions settings of its storage; secret
 * @param shapes how copies are cut
 */
record Wave(
        List<PointerSource> sources,
        List<GroupCopy> groups,
        List<List<Slice>> tasks,
        String storeUri,
        Map<String, String> storeOptions,
        CopyShapes shapes)
        implements Serializable {

    /** The number of each group. */
    Map<String, Integer> numbers() {
        return numbers(groups);
    }

    static Map<String, Integer> numbers(List<GroupCopy> groups) {
        Map<String, Integer> numbers = new HashMap<>();
        for (GroupCopy group : groups) {
            numbers.put(group.group(), numbers.size());
        }
        return numbers;
    }

    ZarrHierarchy zarr() {
        return new ZarrHierarchy(ObjectStore.open(storeUri, storeOptions), new ZarrCache());
    }

    /** Entries that a task sorts at a time: fewer where each takes more memory. */
    int portion() {
        int bytes = groups.stream().mapToInt(GroupCopy::entryBytes).max().orElse(1);
        return Math.max(1, (int) Math.min(shapes.portion(), (long) shapes.portion() * 2 * Integer.BYTES / bytes));
    }
}
