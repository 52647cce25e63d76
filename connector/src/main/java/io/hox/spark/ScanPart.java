package io.hox.spark;

import io.hox.lance.ScanRequest;
import java.io.Serializable;

/** Some of the rows that pass the pushed filter, as one scan reads them. */
sealed interface ScanPart extends Serializable permits Slice, Scattered {

    /** How many rows there are; {@link Slice#UNKNOWN} where nobody had to count them. */
    long rows();

    /** The scan of these rows, given that of all. */
    ScanRequest of(ScanRequest all);
}
