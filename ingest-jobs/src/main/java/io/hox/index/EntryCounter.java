package io.hox.index;

import io.hox.HoxException;
import io.hox.job.TaskCount;
import java.util.Arrays;

/**
 * Counts the entries of a task's cells: by feature, or by range of rows for chosen features. Memory: the bins of all
 * groups, and one portion.
 */
final class EntryCounter {
    private final Wave wave;
    /** By group: the features to look at more closely; null = count all features. */
    private final int[][] chosen;

    private final int[] bucketShifts;

    private EntryCounter(Wave wave, int[][] chosen, int[] bucketShifts) {
        this.wave = wave;
        this.chosen = chosen;
        this.bucketShifts = bucketShifts;
    }

    /** Counts by feature. */
    static EntryCounter byFeature(Wave wave) {
        return new EntryCounter(wave, null, null);
    }

    /**
     * Counts features by ranges of rows.
     *
     * @param chosen by group: the features, ascending; none for groups that are of no interest
     * @param bucketShifts by group: how far a row number is shifted to give its range
     */
    static EntryCounter byRows(Wave wave, int[][] chosen, int[] bucketShifts) {
        return new EntryCounter(wave, chosen, bucketShifts);
    }

    Counts count(int task, TaskCount progress) {
        Counts counts = Counts.none(wave.groups().size());
        EntryReader reader = new EntryReader(wave.zarr());
        CellPortion portion = new CellPortion(wave.portion());
        int[][] numbers = numbers();
        try (CellCursor cursor = new CellCursor(
                wave.sources(), wave.numbers(), wave.tasks().get(task).iterator())) {
            for (boolean more = cursor.next(); more; ) {
                more = portion.fill(cursor);
                for (int from = 0; from < portion.cells(); from = portion.endOfGroup(from)) {
                    int group = portion.group(from);
                    if ((chosen == null || chosen[group].length > 0) && !counts.failed(group)) {
                        reader.select(portion, from, portion.endOfGroup(from));
                        count(counts, portion, from, reader, numbers);
                        progress.wrote(0, chosen == null ? reader.entries() : 0);
                    }
                }
            }
        }
        return counts;
    }

    /** By group and feature: its number among the chosen ones, or -1. */
    private int[][] numbers() {
        if (chosen == null) {
            return null;
        }
        int[][] numbers = new int[chosen.length][];
        for (int group = 0; group < chosen.length; group++) {
            if (chosen[group].length > 0) {
                numbers[group] = new int[wave.groups().get(group).features()];
                Arrays.fill(numbers[group], -1);
                for (int i = 0; i < chosen[group].length; i++) {
                    numbers[group][chosen[group][i]] = i;
                }
            }
        }
        return numbers;
    }

    private void count(Counts counts, CellPortion portion, int from, EntryReader reader, int[][] numbers) {
        int group = portion.group(from);
        GroupCopy copy = wave.groups().get(group);
        try {
            int[] indices = reader.indices(copy.indices(), copy.features());
            if (chosen == null) {
                long[] bins = counts.of(group, copy.features());
                for (int i = 0; i < reader.entries(); i++) {
                    bins[indices[i]]++;
                }
            } else {
                long[] bins = counts.of(group, chosen[group].length * ColumnLayout.BUCKETS);
                countRows(bins, portion, from, indices, numbers[group], bucketShifts[group]);
            }
        } catch (HoxException e) {
            counts.failures().add(new GroupFailure(group, e.getMessage()));
        }
    }

    private static void countRows(long[] bins, CellPortion portion, int from, int[] indices, int[] numbers, int shift) {
        int at = 0;
        int to = portion.endOfGroup(from);
        for (int cell = from; cell < to; cell++) {
            int bucket = portion.row(cell) >>> shift;
            for (int end = at + portion.length(cell); at < end; at++) {
                int number = numbers[indices[at]];
                if (number >= 0) {
                    bins[number * ColumnLayout.BUCKETS + bucket]++;
                }
            }
        }
    }
}
