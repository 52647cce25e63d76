package io.hox.spark;

import java.io.Serializable;

/**
 * Some of the rows of one fragment that pass the pushed filter.
 *
 * @param fragment the fragment's number
 * @param offset rows to skip among those that pass the filter
 * @param rows how many rows there are; -1 = all that remain, as many as they may be
 */
record Slice(int fragment, long offset, long rows) implements Serializable {
    static final long UNKNOWN = -1;
}
