package io.hox.ingest;

import io.hox.HoxException;
import java.io.Serializable;

/**
 * How a job treats its datasets.
 *
 * @param duplicates what happens to features of a dataset that share a key
 * @param stripVersions whether the version of an Ensembl id is left out: {@code ENSG00000139618.14} becomes
 *     {@code ENSG00000139618}
 * @param stableUids whether a feature's uid is the stable uid of its key and not the key itself
 * @param replace whether a dataset that the atlas has is replaced; otherwise it is left alone
 * @param taskBytes memory that a task may use for a source's values, in bytes
 */
public record IngestOptions(
        Duplicates duplicates, boolean stripVersions, boolean stableUids, boolean replace, long taskBytes)
        implements Serializable {
    /** Features of a dataset that share a key. */
    public enum Duplicates {
        /** The dataset is not ingested. */
        REFUSE,
        /** Their columns are summed and become one. */
        SUM
    }

    private static final long LEAST_TASK_BYTES = 32L << 20;

    /** Refuse, keep versions, keys are uids, replace nothing, 512 MiB. */
    public static final IngestOptions DEFAULT = new IngestOptions(Duplicates.REFUSE, false, false, false, 512L << 20);

    public IngestOptions {
        if (taskBytes < LEAST_TASK_BYTES) {
            throw new HoxException("a task can't do with " + taskBytes + " bytes of memory; give it at least "
                    + LEAST_TASK_BYTES + " (32 MiB)");
        }
    }
}
