package io.hox.ingest;

import java.io.Serializable;
import java.util.List;
import org.lance.FragmentMetadata;

/**
 * What a task wrote, for the driver to commit.
 *
 * @param fragments cell rows that no table version refers to yet
 * @param cells number of those rows
 * @param entries stored entries of one layer
 * @param bytes size of the array objects
 * @param seconds time taken
 * @param notes what the user should know
 * @param failure why the dataset can't be ingested, or null; nothing of it is left then
 */
record DatasetResult(
        List<FragmentMetadata> fragments,
        long cells,
        long entries,
        long bytes,
        double seconds,
        List<String> notes,
        String failure)
        implements Serializable {

    static DatasetResult failed(String message) {
        return new DatasetResult(List.of(), 0, 0, 0, 0, List.of(message), message);
    }
}
