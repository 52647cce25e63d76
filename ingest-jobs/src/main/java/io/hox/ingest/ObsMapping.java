package io.hox.ingest;

import java.io.Serializable;

/**
 * Where one column of the cell table takes its values from.
 *
 * @param target column of the cell table
 * @param origin what fills it
 * @param source obs column of the source for {@link Origin#COLUMN}, otherwise null
 * @param fallback text of the value of cells that have none, or null
 * @param doubtful whether single values may turn out not to fit
 */
record ObsMapping(String target, Origin origin, String source, String fallback, boolean doubtful)
        implements Serializable {
    enum Origin {
        /** An obs column of the source. */
        COLUMN,
        /** The obs index of the source: barcodes, cell names. */
        INDEX,
        /** Nothing but the fallback. */
        CONSTANT,
        /** A uid derived from the dataset's uid and the row number, the same in every run. */
        GENERATED_UID,
        /** The dataset's uid. */
        DATASET_UID
    }
}
