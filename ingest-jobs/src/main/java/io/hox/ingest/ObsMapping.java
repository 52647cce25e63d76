package io.hox.ingest;

import java.io.Serializable;

/**
 * Where one column of the cell table takes its values from.
 *
 * @param target column of the cell table
 * @param origin what fills it
 * @param source obs column of the file for {@link Origin#COLUMN}, otherwise null
 */
record ObsMapping(String target, Origin origin, String source) implements Serializable {
    enum Origin {
        /** An obs column of the file. */
        COLUMN,
        /** The obs index of the file: barcodes, cell names. */
        INDEX,
        /** A uid derived from the dataset's uid and the row number, the same in every run. */
        GENERATED_UID,
        /** The dataset's uid. */
        DATASET_UID
    }
}
