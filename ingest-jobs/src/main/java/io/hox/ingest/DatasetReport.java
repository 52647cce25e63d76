package io.hox.ingest;

import java.util.List;

/**
 * What became of one file.
 *
 * @param file the source
 * @param datasetUid the dataset's uid in the atlas
 * @param skipped true where the atlas already had the dataset and nothing was written
 * @param cells rows written to the cell table
 * @param features columns of the matrix
 * @param nonZeros stored entries of one layer (dense: cells x features)
 * @param bytes size of the written array objects
 * @param seconds time that the task took
 * @param notes what the user should know: normalised rows, dropped columns
 */
public record DatasetReport(
        String file,
        String datasetUid,
        boolean skipped,
        long cells,
        long features,
        long nonZeros,
        long bytes,
        double seconds,
        List<String> notes) {

    public DatasetReport {
        notes = List.copyOf(notes);
    }
}
