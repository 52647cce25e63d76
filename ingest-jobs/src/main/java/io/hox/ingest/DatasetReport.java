package io.hox.ingest;

import java.util.List;

/**
 * What became of one file.
 *
 * @param file the source
 * @param datasetUid the dataset's uid in the atlas; empty when the file could not be read
 * @param state how it ended
 * @param cells rows written to the cell table
 * @param features columns of the matrix
 * @param nonZeros stored entries of one layer (dense: cells x features)
 * @param bytes size of the written array objects
 * @param seconds time that the task took
 * @param notes what the user should know: why it failed (complete, the file named), normalised rows, dropped columns
 */
public record DatasetReport(
        String file,
        String datasetUid,
        State state,
        long cells,
        long features,
        long nonZeros,
        long bytes,
        double seconds,
        List<String> notes) {

    /** How the ingest of a file ended. */
    public enum State {
        INGESTED,
        /** The atlas had the dataset before; nothing was written. */
        ALREADY_THERE,
        /** Nothing of the file is in the atlas; the notes say why. */
        FAILED
    }

    public DatasetReport {
        notes = List.copyOf(notes);
    }

    static DatasetReport alreadyThere(String file, String datasetUid) {
        List<String> notes = List.of("the atlas has the dataset " + datasetUid + " already; nothing was written");
        return new DatasetReport(file, datasetUid, State.ALREADY_THERE, 0, 0, 0, 0, 0, notes);
    }

    /** A source of which nothing was ingested.
     *
     * @param why complete, with the file and what to do
     */
    public static DatasetReport failed(String file, String datasetUid, String why) {
        return new DatasetReport(file, datasetUid, State.FAILED, 0, 0, 0, 0, 0, List.of(why));
    }

    static DatasetReport of(DatasetPlan plan, DatasetResult result) {
        State state = result.failure() == null ? State.INGESTED : State.FAILED;
        return new DatasetReport(
                plan.file(),
                plan.datasetUid(),
                state,
                result.cells(),
                plan.featureUids().length,
                result.entries(),
                result.bytes(),
                result.seconds(),
                result.notes());
    }
}
