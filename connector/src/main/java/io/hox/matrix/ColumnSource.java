package io.hox.matrix;

/** Some features of one group, in blocks; see {@link ColumnReader} for how to read them all. */
public interface ColumnSource {

    /** Number of features. */
    int features();

    /** Stored entries of a feature, about. */
    long entries(int feature);

    /**
     * How many features can be read at once.
     *
     * @param from the first feature
     * @param entryBudget stored entries to stay below
     * @return the feature after the last, at least {@code from + 1}: one feature alone may exceed the budget
     */
    default int fit(int from, long entryBudget) {
        long entries = 0;
        for (int f = from; f < features(); f++) {
            entries += Math.min(entries(f), CellReader.MAX_ELEMENTS);
            if (entries > entryBudget && f > from) {
                return f;
            }
        }
        return features();
    }

    /**
     * Features {@code [from, to)}.
     *
     * @throws io.hox.HoxException when the group is damaged or a value does not fit its column; the message names the
     *     place
     */
    ColumnBlock read(int from, int to);
}
