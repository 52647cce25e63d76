package io.hox.index;

/**
 * What became of a group.
 *
 * @param group the group
 * @param featureSpace its feature space
 * @param state what was done
 * @param cells its rows; 0 where nobody looked
 * @param features its columns
 * @param nonZeros its stored entries
 * @param bytes size of the new copy
 * @param seconds that it took together with the groups that were copied at the same time
 * @param note why it has no copy, in words; empty when there is nothing to say
 */
public record GroupReport(
        String group,
        String featureSpace,
        State state,
        long cells,
        long features,
        long nonZeros,
        long bytes,
        double seconds,
        String note) {
    /** What was done. */
    public enum State {
        /** It has a new copy. */
        INDEXED,
        /** It had one. */
        ALREADY_THERE,
        /** It has none. */
        FAILED
    }
}
