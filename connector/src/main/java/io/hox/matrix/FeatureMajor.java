package io.hox.matrix;

import java.util.Objects;
import java.util.Set;

/**
 * Which groups of a column a read of cells takes from their feature-major copies instead of from the cells' rows. The
 * result is the same; the choice is the planner's.
 *
 * @param paths where copies are; null when there are none to read
 * @param groups the groups
 * @param cache what the tasks share; null when there are no groups
 */
public record FeatureMajor(ColumnPaths paths, Set<String> groups, ColumnCache cache) {

    /** Every group from its rows. */
    public static final FeatureMajor NONE = new FeatureMajor(null, Set.of(), null);

    /** Checks that groups have paths. */
    public FeatureMajor {
        groups = Set.copyOf(groups);
        if (!groups.isEmpty()) {
            Objects.requireNonNull(paths, "paths");
            Objects.requireNonNull(cache, "cache");
        }
    }
}
