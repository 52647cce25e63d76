package io.hox.job;

import java.io.Serializable;

/**
 * A unit of work for an executor. It may run several times, also at the same time: each run must write the same bytes to
 * the same places, and one that fails must not remove what another one wrote.
 */
public interface Task<R extends Serializable> extends Serializable {
    /** @param count told what was done */
    R run(TaskCount count);

    /** Whether its end is progress to be counted, see {@link TaskTotals#tasks}. */
    default boolean isCounted() {
        return false;
    }
}
