package io.hox.atlas;

/**
 * Something that a crash, a replacement or a removal left in an atlas and that nobody reads.
 *
 * @param kind what it is
 * @param path a directory of the Zarr store; for rows of the dataset table their {@code zarr_group}
 * @param datasetUid the dataset of a row; "" for directories
 * @param objects objects below a directory
 * @param bytes their size
 * @param modifiedMillis when the newest of them, or the row, was written, in milliseconds since 1970
 */
public record Leftover(Kind kind, String path, String datasetUid, long objects, long bytes, long modifiedMillis) {

    /** What kinds of left-overs there are. */
    public enum Kind {
        /** A directory of the store, mostly a Zarr group, that neither tables nor snapshots name. */
        DIRECTORY("unused group"),
        /** What the tasks of an ingest leave for one another beside a group, until it is complete. */
        TEMPORARY("temporary files"),
        /** A row of the dataset table whose group no cell points to, while another group has the dataset's cells. */
        ROW("superseded row"),
        /** A row of the dataset table whose dataset has no cells at all. It may be meant, so it is not deleted. */
        EMPTY_DATASET("dataset without cells");

        private final String text;

        Kind(String text) {
            this.text = text;
        }

        /** Whether cleaning deletes it. */
        public boolean isDeletable() {
            return this != EMPTY_DATASET;
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
