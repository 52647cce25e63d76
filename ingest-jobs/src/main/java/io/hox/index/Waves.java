package io.hox.index;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Divides groups into those that are copied together, so that neither memory nor temporary files grow with their number. */
final class Waves {
    /** Of all groups of a wave; a number for each is held by every task that counts, a few by the driver. */
    private static final long MOST_FEATURES = 2L << 20;

    /** For each task that can run; a wave's entries are in temporary files once, packed. */
    private static final long ENTRIES_OF_A_TASK = 128L << 20;

    private Waves() {}

    /** The waves; groups whose cells are neighbours in the tables come together. */
    static List<List<Candidate>> of(List<Candidate> groups, int parallelism) {
        List<Candidate> sorted = new ArrayList<>(groups);
        sorted.sort(Comparator.comparingLong(group -> group.cells().first()));
        List<List<Candidate>> waves = new ArrayList<>();
        long features = 0;
        long entries = 0;
        for (Candidate group : sorted) {
            features += group.copy().features();
            entries += group.copy().entries();
            if (waves.isEmpty() || features > MOST_FEATURES || entries > ENTRIES_OF_A_TASK * parallelism) {
                waves.add(new ArrayList<>());
                features = group.copy().features();
                entries = group.copy().entries();
            }
            waves.get(waves.size() - 1).add(group);
        }
        return waves;
    }
}
