package io.hox.spark.write;

import io.hox.store.ObjectStore;
import java.util.List;
import java.util.Set;

/** Removes groups of a write that no row refers to. */
final class GroupCleaner {
    private static final String DOCUMENT = "zarr.json";

    private final ObjectStore store;
    private final AppendPlan plan;

    GroupCleaner(ObjectStore store, AppendPlan plan) {
        this.store = store;
        this.plan = plan;
    }

    /** Removes the groups that one attempt of a task wrote. */
    void removeAttempt(String attempt) {
        remove((prefix, name) -> name.equals(prefix + attempt) || name.startsWith(prefix + attempt + "-"));
    }

    /** Removes all groups of this write but some. */
    void removeAllBut(Set<String> paths) {
        remove((prefix, name) -> name.startsWith(prefix) && !paths.contains(plan.dataset() + "/" + name));
    }

    /** Which groups go. */
    private interface Choice {
        boolean removes(String prefix, String name);
    }

    private void remove(Choice choice) {
        boolean removed = false;
        for (String name : store.list(plan.dataset())) {
            for (FieldInput field : plan.fields()) {
                if (choice.removes(plan.groupPrefix(field), name)) {
                    store.deleteRecursively(plan.dataset() + "/" + name);
                    removed = true;
                }
            }
        }
        if (removed && store.list(plan.dataset()).equals(List.of(DOCUMENT))) {
            store.deleteRecursively(plan.dataset());
        }
    }
}
