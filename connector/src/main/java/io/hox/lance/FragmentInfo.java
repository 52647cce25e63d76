package io.hox.lance;

/**
 * One fragment of a table version.
 *
 * @param id the fragment's number, the one {@link ScanRequest#fragmentIds()} takes
 * @param physicalRows rows in its files, deleted ones included; row offsets within a fragment run up to here
 * @param rows rows that a scan without filter returns
 */
public record FragmentInfo(int id, long physicalRows, long rows) {}
