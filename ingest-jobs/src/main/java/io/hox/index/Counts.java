package io.hox.index;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * How many entries there are of what, by group. Those of several tasks add up.
 *
 * @param bins by group: entries by bin, null where there are none
 * @param failures of groups that can't be read
 */
record Counts(long[][] bins, List<GroupFailure> failures) implements Serializable {
    static Counts none(int groups) {
        return new Counts(new long[groups][], new ArrayList<>());
    }

    /** The bins of a group, to add to. */
    long[] of(int group, int size) {
        if (bins[group] == null) {
            bins[group] = new long[size];
        }
        return bins[group];
    }

    /** Whether the group can't be read. */
    boolean failed(int group) {
        return failures.stream().anyMatch(failure -> failure.group() == group);
    }

    /** Adds those of another task to these. */
    Counts plus(Counts other) {
        for (int group = 0; group < bins.length; group++) {
            if (bins[group] == null) {
                bins[group] = other.bins[group];
            } else if (other.bins[group] != null) {
                for (int i = 0; i < bins[group].length; i++) {
                    bins[group][i] += other.bins[group][i];
                }
            }
        }
        failures.addAll(other.failures);
        return this;
    }
}
