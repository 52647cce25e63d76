package io.hox.index;

/** Told about a running job, from the driver, about twice a second. */
@FunctionalInterface
public interface IndexProgress {
    /** Listens to nothing. */
    IndexProgress SILENT = state -> {};

    /** Called with the totals so far, by one thread at a time. */
    void update(State state);

    /**
     * Totals of a job.
     *
     * @param groupsDone groups that are finished, well or not
     * @param groups all groups that are to be copied
     * @param nonZeros entries of all groups that are to be copied
     * @param done which part of the work is done, 0 to 1
     * @param seconds since the job began
     */
    record State(long groupsDone, long groups, long nonZeros, double done, double seconds) {}
}
