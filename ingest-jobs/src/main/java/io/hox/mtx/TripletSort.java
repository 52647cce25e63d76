package io.hox.mtx;

import io.hox.HoxException;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Brings entries into the order of their cells when there may be more than fit memory: one pass over the file deals them
 * out by ranges of cells to a temporary file, then one range after the other is sorted in memory.
 */
final class TripletSort {
    /** What an entry takes while it is sorted. */
    static final int ENTRY_BYTES = 20;
    /** Entries that are sorted at once where not too many ranges come of it. */
    static final int RANGE_ENTRIES = 1 << 22;
    /** Each range has a buffer while entries are dealt out. */
    private static final int MOST_RANGES = 1024;
    /** More in a bucket of cells are taken for damage. */
    private static final int MOST_IN_BUCKET = 1 << 24;

    private final TextFile file;
    private final TripletLayout layout;
    private final Survey survey;
    private final int rangeEntries;

    TripletSort(TextFile file, TripletLayout layout, Survey survey, int rangeEntries) {
        this.file = file;
        this.layout = layout;
        this.survey = survey;
        this.rangeEntries = rangeEntries;
    }

    /** Gives the entries of some rows to the receiver, row after row, those of a row in the order of the file. */
    void run(long from, long to, RowBlocks receiver) {
        int first = survey.bucket(from);
        int[] rangeOf = new int[survey.bucket(to - 1) - first + 1];
        int[] totals = divide(first, rangeOf);
        Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
        try (Spill spill = new Spill(file, totals.length, temporary)) {
            try (TripletReader reader = TripletReader.open(file, layout)) {
                while (reader.next()) {
                    long cell = reader.cell();
                    if (cell >= from && cell < to) {
                        int range = rangeOf[survey.bucket(cell) - first];
                        spill.add(range, (int) (cell - from), reader.feature(), reader.bits());
                    }
                }
            }
            for (int range = 0; range < totals.length; range++) {
                sort(spill, range, from, receiver);
            }
        }
    }

    /** Cuts the buckets into ranges of about equal numbers of entries; returns how many ranges. */
    private int[] divide(int first, int[] rangeOf) {
        long most = Math.max(rangeEntries, 2 * (survey.entries() / MOST_RANGES + 1));
        int[] totals = new int[MOST_RANGES];
        int range = 0;
        for (int i = 0; i < rangeOf.length; i++) {
            long n = survey.buckets()[first + i];
            if (n > Math.max(MOST_IN_BUCKET, layout.features())) {
                long cell = ((long) (first + i) << survey.shift()) - survey.origin();
                throw new HoxException(file + " has " + n + " entries for " + (1L << survey.shift())
                        + " cells from number " + cell + " (counted from 0) on. The file is damaged.");
            }
            if (totals[range] > 0 && totals[range] + n > most) {
                range++;
            }
            totals[range] += (int) n;
            rangeOf[i] = range;
        }
        return Arrays.copyOf(totals, range + 1);
    }

    private static void sort(Spill spill, int range, long from, RowBlocks receiver) {
        Spill.Entries entries = spill.read(range);
        int n = entries.cells().length;
        if (n == 0) {
            return;
        }
        int least = Integer.MAX_VALUE;
        int most = 0;
        for (int cell : entries.cells()) {
            least = Math.min(least, cell);
            most = Math.max(most, cell);
        }
        int[] ends = new int[most - least + 2];
        for (int cell : entries.cells()) {
            ends[cell - least + 1]++;
        }
        for (int i = 1; i < ends.length; i++) {
            ends[i] += ends[i - 1];
        }
        int[] order = new int[n];
        for (int i = 0; i < n; i++) {
            order[ends[entries.cells()[i] - least]++] = i;
        }
        for (int i : order) {
            receiver.add(from + entries.cells()[i], entries.features()[i], entries.bits()[i]);
        }
    }
}
