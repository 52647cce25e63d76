package io.hox.ingest;

import java.util.ArrayList;
import java.util.List;

/**
 * What became of one dataset.
 *
 * @param file the source
 * @param datasetUid the dataset's uid in the atlas; empty when the file could not be read
 * @param state how it ended
 * @param cells rows written to the cell table
 * @param features columns of the matrix, of all modalities together
 * @param nonZeros stored entries of one layer (dense: rows x features), of all modalities together
 * @param bytes size of the written array objects
 * @param seconds from the beginning to the commit
 * @param notes what the user should know: why it failed (complete, the file named), normalised rows, dropped columns
 * @param dropped obs columns of the source that the cell table lacks
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
        List<String> notes,
        List<String> dropped) {

    /** How the ingest of a dataset ended. */
    public enum State {
        INGESTED,
        /** The atlas had the dataset before; nothing was written. */
        ALREADY_THERE,
        /** Nothing of it is in the atlas; the notes say why. */
        FAILED
    }

    public DatasetReport {
        notes = List.copyOf(notes);
        dropped = List.copyOf(dropped);
    }

    static DatasetReport alreadyThere(String file, String datasetUid) {
        List<String> notes = List.of("the atlas has the dataset " + datasetUid + " already; nothing was written");
        return new DatasetReport(file, datasetUid, State.ALREADY_THERE, 0, 0, 0, 0, 0, notes, List.of());
    }

    /** Of a source that was not ingested. @param why what is wrong, where, and what to do */
    public static DatasetReport failed(String file, String datasetUid, String why) {
        return new DatasetReport(file, datasetUid, State.FAILED, 0, 0, 0, 0, 0, List.of(why), List.of());
    }

    static DatasetReport ingested(DatasetPlan plan, List<WrittenArrays> arrays, double seconds, List<String> notes) {
        return new DatasetReport(
                plan.name(),
                plan.datasetUid(),
                State.INGESTED,
                plan.cells(),
                plan.modalities().stream().mapToLong(m -> m.features().length()).sum(),
                arrays.stream().mapToLong(WrittenArrays::entries).sum(),
                arrays.stream().mapToLong(WrittenArrays::bytes).sum(),
                seconds,
                notes,
                plan.obs().dropped());
    }

    DatasetReport withNote(String note) {
        List<String> more = new ArrayList<>(notes);
        more.add(note);
        return new DatasetReport(file, datasetUid, state, cells, features, nonZeros, bytes, seconds, more, dropped);
    }
}
