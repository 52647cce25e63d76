package io.hox.index;

import io.hox.atlas.DatasetRow;

/** A group of the request and what became of it so far. Confined to the driver. */
final class Candidate {
    private final DatasetRow row;
    private final GroupCopy copy;
    private final boolean replaces;
    private Survey.Cells cells;
    private GroupReport report;

    private Candidate(DatasetRow row, GroupCopy copy, boolean replaces) {
        this.row = row;
        this.copy = copy;
        this.replaces = replaces;
    }

    /** A group to be copied. @param replaces whether it has a copy */
    static Candidate of(DatasetRow row, GroupCopy copy, boolean replaces) {
        return new Candidate(row, copy, replaces);
    }

    /** A group that is left as it is. */
    static Candidate settled(DatasetRow row, GroupReport.State state, String note) {
        Candidate candidate = new Candidate(row, null, false);
        candidate.report = new GroupReport(row.zarrGroup(), row.featureSpace(), state, 0, 0, 0, 0, 0, note);
        return candidate;
    }

    boolean isOpen() {
        return report == null;
    }

    GroupReport report() {
        return report;
    }

    GroupCopy copy() {
        return copy;
    }

    boolean replaces() {
        return replaces;
    }

    Survey.Cells cells() {
        return cells;
    }

    /** What the tables say of the group; may settle it. */
    void surveyed(Survey.Cells found) {
        cells = found;
        String problem = found.chain().problem(copy.entries());
        if (problem != null) {
            failed(problem);
        }
    }

    void failed(String note) {
        settle(GroupReport.State.FAILED, 0, 0, note);
    }

    void indexed(long bytes, double seconds) {
        settle(GroupReport.State.INDEXED, bytes, seconds, "");
    }

    private void settle(GroupReport.State state, long bytes, double seconds, String note) {
        report = new GroupReport(
                row.zarrGroup(),
                row.featureSpace(),
                state,
                cells == null ? 0 : cells.chain().cells(),
                copy.features(),
                copy.entries(),
                bytes,
                seconds,
                note);
    }
}
