package io.hox.ingest;

/** Told about a running ingest, from the driver, about twice a second. */
@FunctionalInterface
public interface IngestProgress {
    /** Listens to nothing. */
    IngestProgress SILENT = state -> {};

    /** Called with the totals so far, by one thread at a time. */
    void update(State state);

    /**
     * Totals of a job.
     *
     * @param datasetsDone datasets that are finished, well or not
     * @param datasets all datasets of the job
     * @param shardsDone pieces of arrays that are written; tasks that nothing can be said about before they end count too
     * @param shards pieces of the datasets that have been looked at so far
     * @param cells cells whose values are written
     * @param nonZeros entries written
     * @param seconds since the job began
     * @param secondsLeft estimate of the time to go; NaN while nothing can be said
     */
    record State(
            long datasetsDone,
            long datasets,
            long shardsDone,
            long shards,
            long cells,
            long nonZeros,
            double seconds,
            double secondsLeft) {}
}
