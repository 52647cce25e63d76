package io.hox.atlas;

/**
 * The two generations of the on-disk format. They differ in the version table, in the pointer structs, in how a missing
 * modality is written and in some array names; the table of versions tells them apart.
 */
public enum Generation {
    /** lancell and homeobox up to 0.2.3: one cell table, pointers that carry their feature space, "" for no data. */
    G1,
    /** homeobox 0.2.4 and later: several obs tables, nullable pointers, feature spaces in field metadata. */
    G2
}
