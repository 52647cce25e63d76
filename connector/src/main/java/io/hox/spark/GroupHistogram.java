package io.hox.spark;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * How much of which part of which group the rows of a read need, and whether the rows of a part lie together in the table.
 * Parts are of equal length within a group, in elements (sparse) or rows (dense); there are never more of them than can be
 * held easily, since they are joined in pairs when there are too many.
 */
final class GroupHistogram {
    private static final int MAX_PARTS = 1 << 16;
    private static final int NEVER = -1;

    private final List<Group> groups = new ArrayList<>();
    private final long[] absentRows;
    private final long[] absentBytes;
    private int parts;
    /** How often the parts were joined. */
    private int joins;

    /** How many parts the batches need, those that several batches need counted as often. */
    private long visits;

    private long windows;

    /** @param fragments how many the table has */
    GroupHistogram(int fragments) {
        this.absentRows = new long[fragments];
        this.absentBytes = new long[fragments];
    }

    /** One group; parts after the last one that is needed are not there. */
    private static final class Group {
        final long unit;
        final BitSet fragments = new BitSet();
        long[] bytes = new long[1];
        long[] rows = new long[1];
        int[] lastWindow = {NEVER};

        Group(long unit) {
            this.unit = unit;
        }
    }

    /** Makes room for one more group. @param unit length of a part */
    void addGroup(long unit) {
        groups.add(new Group(Math.max(1, unit)));
        parts++;
    }

    int size() {
        return groups.size();
    }

    /**
     * Adds a row.
     *
     * @param group a number below {@link #size}, or {@link GroupIds#ABSENT}
     * @param start where its numbers begin
     * @param window the number of the batch in which it will about be read
     */
    void add(int group, long start, long bytes, int fragment, int window) {
        if (group == GroupIds.ABSENT) {
            absentRows[fragment]++;
            absentBytes[fragment] += bytes;
            return;
        }
        Group of = groups.get(group);
        long part = start / of.unit >> joins;
        while (part >= of.bytes.length) {
            if (part - of.bytes.length >= MAX_PARTS - parts) {
                join();
                part = start / of.unit >> joins;
            } else {
                grow(of, (int) part + 1);
            }
        }
        int at = (int) part;
        of.bytes[at] += bytes;
        of.rows[at]++;
        of.fragments.set(fragment);
        if (of.lastWindow[at] != window) {
            visits++;
        }
        of.lastWindow[at] = window;
        windows = window + 1;
    }

    private void grow(Group group, int needed) {
        int length = Math.min(Math.max(needed, 2 * group.bytes.length), group.bytes.length + MAX_PARTS - parts);
        parts += length - group.bytes.length;
        int before = group.bytes.length;
        group.bytes = Arrays.copyOf(group.bytes, length);
        group.rows = Arrays.copyOf(group.rows, length);
        group.lastWindow = Arrays.copyOf(group.lastWindow, length);
        Arrays.fill(group.lastWindow, before, length, NEVER);
    }

    private void join() {
        joins++;
        parts = 0;
        visits /= 2;
        for (Group group : groups) {
            int length = (group.bytes.length + 1) / 2;
            for (int i = 0; i < group.bytes.length; i++) {
                int to = i / 2;
                group.bytes[to] = (i % 2 == 0 ? 0 : group.bytes[to]) + group.bytes[i];
                group.rows[to] = (i % 2 == 0 ? 0 : group.rows[to]) + group.rows[i];
                int window = i % 2 == 0 ? NEVER : group.lastWindow[to];
                group.lastWindow[to] = Math.max(window, group.lastWindow[i]);
            }
            group.bytes = Arrays.copyOf(group.bytes, length);
            group.rows = Arrays.copyOf(group.rows, length);
            group.lastWindow = Arrays.copyOf(group.lastWindow, length);
            parts += length;
        }
    }

    /**
     * Whether a read in table order would need most parts in many batches. Where rows lie together, a batch needs one part
     * that the batch before it needed, too.
     */
    boolean isScattered() {
        int needed = 0;
        for (Group group : groups) {
            for (long rows : group.rows) {
                needed += rows > 0 ? 1 : 0;
            }
        }
        return visits > 2 * (needed + windows);
    }

    /** Bytes of all rows that have a group. */
    long bytes() {
        long bytes = 0;
        for (Group group : groups) {
            bytes += Arrays.stream(group.bytes).sum();
        }
        return bytes;
    }

    /** The number of a group's parts. */
    int parts(int group) {
        return groups.get(group).bytes.length;
    }

    long bytes(int group, int part) {
        return groups.get(group).bytes[part];
    }

    long rows(int group, int part) {
        return groups.get(group).rows[part];
    }

    /** Where a part begins. */
    long start(int group, int part) {
        return groups.get(group).unit * ((long) part << joins);
    }

    /** The places, in the table's list, of the fragments that have rows of a group. */
    BitSet fragments(int group) {
        return groups.get(group).fragments;
    }

    /** By the fragments' places: rows without a group. */
    long absentRows(int fragment) {
        return absentRows[fragment];
    }

    long absentBytes(int fragment) {
        return absentBytes[fragment];
    }
}
