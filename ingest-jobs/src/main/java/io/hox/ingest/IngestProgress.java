package io.hox.ingest;

/** Told about a running ingest, from the driver, about twice a second. */
public interface IngestProgress {
    /** Listens to nothing. */
    IngestProgress SILENT = (done, datasets, cells, nonZeros, seconds) -> {};

    /**
     * Called with totals so far.
     *
     * @param datasetsDone datasets whose data are written
     * @param datasets all datasets of the job
     * @param cells cells written
     * @param nonZeros entries written
     * @param seconds since the job began to write
     */
    void update(long datasetsDone, long datasets, long cells, long nonZeros, double seconds);
}
