package io.hox.spark;

import io.hox.atlas.PointerColumn;
import io.hox.lance.FragmentInfo;
import io.hox.lance.LanceSql;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Cuts a read by the groups that its rows point to, in place of their order in the table: a task reads few parts of few
 * groups, and each part is read by one task, however the table was shuffled.
 */
final class GroupSplits {
    /** What a scan needs to find its rows among those of its fragments, and a task to decode what it reads. */
    private static final double SECONDS_PER_ROW = 30e-9;

    private static final double SECONDS_PER_BYTE = 1e-9;

    private final PointerWindow column;
    private final GroupHistogram histogram;
    private final List<FragmentInfo> fragments;
    private final ReadLimits limits;
    private final List<Piece> pieces = new ArrayList<>();

    /**
     * @param group {@link GroupIds#ABSENT} for rows without one
     * @param part of the group; the fragment's place where there is none
     * @param first whether it is the first one of its group that is needed
     */
    private record Piece(int group, int part, long bytes, long rows, boolean first) {}

    GroupSplits(PointerWindow column, GroupHistogram histogram, List<FragmentInfo> fragments, ReadLimits limits) {
        this.column = column;
        this.histogram = histogram;
        this.fragments = fragments;
        this.limits = limits;
        for (int group = 0; group < histogram.size(); group++) {
            boolean first = true;
            for (int part = 0; part < histogram.parts(group); part++) {
                if (histogram.rows(group, part) > 0) {
                    pieces.add(
                            new Piece(group, part, histogram.bytes(group, part), histogram.rows(group, part), first));
                    first = false;
                }
            }
        }
        for (int i = 0; i < fragments.size(); i++) {
            if (histogram.absentRows(i) > 0) {
                pieces.add(new Piece(GroupIds.ABSENT, i, histogram.absentBytes(i), histogram.absentRows(i), true));
            }
        }
    }

    /** Packs the rows into splits of about equal weight; at most so many. */
    List<CellSplit> splits(long most) {
        long[] bytes = new long[pieces.size()];
        boolean[] good = new boolean[pieces.size()];
        for (int i = 0; i < bytes.length; i++) {
            Piece piece = pieces.get(i);
            bytes[i] = piece.bytes;
            good[i] = piece.first
                    || histogram.start(piece.group, piece.part)
                                    % column.shape(piece.group).shardLength()
                            == 0;
        }
        boolean[] cut = Packing.cuts(bytes, good, Math.min(most, pieces.size()));
        List<CellSplit> splits = new ArrayList<>();
        int from = 0;
        for (int to = 1; to <= bytes.length; to++) {
            if (to == bytes.length || cut[to]) {
                splits.add(new CellSplit(parts(from, to)));
                from = to;
            }
        }
        return splits;
    }

    /**
     * The scans of a split. With one of them every batch has rows of all parts, and reads each anew; with more of them the
     * table is looked through more often. What costs less is done.
     */
    private List<ScanPart> parts(int from, int to) {
        long bytes = 0;
        long rows = 0;
        BitSet in = new BitSet();
        for (Piece piece : pieces.subList(from, to)) {
            bytes += piece.bytes;
            rows += piece.rows;
            addFragments(piece, in);
        }
        double batches = Math.max(bytes / (double) limits.batchBytes(), rows / (double) limits.batchRows());
        double scan = in.stream().mapToLong(i -> fragments.get(i).rows()).sum() * SECONDS_PER_ROW;
        long scans = Math.round(Math.min(batches, Math.sqrt(batches * bytes * SECONDS_PER_BYTE / scan)));
        List<ScanPart> parts = new ArrayList<>();
        long share = bytes / Math.max(1, scans);
        long open = 0;
        int first = from;
        for (int i = from; i < to; i++) {
            open += pieces.get(i).bytes;
            if (i + 1 == to || open >= share) {
                addScans(first, i + 1, parts);
                first = i + 1;
                open = 0;
            }
        }
        return List.copyOf(parts);
    }

    private void addScans(int from, int to, List<ScanPart> parts) {
        int absent = to;
        while (absent > from && pieces.get(absent - 1).group == GroupIds.ABSENT) {
            absent--;
        }
        if (absent > from) {
            parts.add(scan(from, absent, condition(from, absent)));
        }
        if (absent < to) {
            String group = groupSql();
            parts.add(scan(absent, to, "(" + group + " IS NULL OR " + group + " = '')"));
        }
    }

    private Scattered scan(int from, int to, String condition) {
        BitSet in = new BitSet();
        long rows = 0;
        for (Piece piece : pieces.subList(from, to)) {
            rows += piece.rows;
            addFragments(piece, in);
        }
        List<Integer> ids = in.stream().mapToObj(i -> fragments.get(i).id()).toList();
        return new Scattered(ids, condition, rows);
    }

    private void addFragments(Piece piece, BitSet in) {
        if (piece.group == GroupIds.ABSENT) {
            in.set(piece.part);
        } else {
            in.or(histogram.fragments(piece.group));
        }
    }

    private String condition(int from, int to) {
        Set<String> whole = new LinkedHashSet<>();
        List<String> conditions = new ArrayList<>();
        for (int first = from; first < to; ) {
            int group = pieces.get(first).group;
            int end = first + 1;
            while (end < to && pieces.get(end).group == group) {
                end++;
            }
            boolean begins = pieces.get(first).first;
            boolean ends = end == pieces.size() || pieces.get(end).group != group;
            String name = column.groups().get(group);
            if (begins && ends) {
                whole.add(name);
            } else {
                conditions.add("(" + groupSql() + " = " + LanceSql.literal(name)
                        + range(begins ? -1 : pieces.get(first).part, ends ? -1 : pieces.get(end).part, group) + ")");
            }
            first = end;
        }
        if (!whole.isEmpty()) {
            conditions.add(LanceSql.inStrings(groupSql(), List.copyOf(whole)));
        }
        return String.join(" OR ", conditions);
    }

    /** The rest of a condition: starts between two parts, -1 for no bound. A start that is missing counts as the first. */
    private String range(int fromPart, int toPart, int group) {
        String start = LanceSql.column(column.pointer().name(), column.startChild());
        String from = fromPart < 0 ? "" : " AND " + start + " >= " + histogram.start(group, fromPart);
        if (toPart < 0) {
            return from;
        }
        String below = start + " < " + histogram.start(group, toPart);
        return from + (fromPart < 0 ? " AND (" + below + " OR " + start + " IS NULL)" : " AND " + below);
    }

    private String groupSql() {
        return LanceSql.column(column.pointer().name(), PointerColumn.GROUP);
    }
}
