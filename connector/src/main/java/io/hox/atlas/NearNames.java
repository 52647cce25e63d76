package io.hox.atlas;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Finds the names that a user may have meant, for error messages. Letter case does not count. */
public final class NearNames {
    private static final int LONGEST = 64;
    private static final int MOST_EDITS = 3;

    private final String wanted;
    private final int most;
    private final int count;
    private final List<String> best = new ArrayList<>();
    private final List<Integer> distances = new ArrayList<>();
    private int[] previous = new int[LONGEST + MOST_EDITS + 2];
    private int[] current = new int[LONGEST + MOST_EDITS + 2];
    private int[] next = new int[LONGEST + MOST_EDITS + 2];

    private NearNames(String wanted, int count) {
        this.wanted = wanted.toLowerCase(Locale.ROOT);
        this.most = Math.max(1, Math.min(MOST_EDITS, wanted.length() / 3));
        this.count = count;
    }

    /**
     * The nearest candidates by edits (insertions, deletions, replacements, swaps of neighbours), nearest first, each
     * once; empty when nothing is near.
     *
     * @param candidates names; null ones are skipped
     * @param count how many to return at most
     */
    public static List<String> find(String wanted, Iterable<String> candidates, int count) {
        if (wanted.isEmpty() || wanted.length() > LONGEST) {
            return List.of();
        }
        NearNames search = new NearNames(wanted, count);
        for (String candidate : candidates) {
            if (candidate != null && Math.abs(candidate.length() - wanted.length()) <= search.most) {
                search.offer(candidate);
            }
        }
        return search.best;
    }

    private void offer(String candidate) {
        int bound = best.size() < count ? most : distances.get(best.size() - 1) - 1;
        int distance = bound < 0 ? most + 1 : distance(candidate.toLowerCase(Locale.ROOT), bound);
        if (distance > bound || best.contains(candidate)) {
            return;
        }
        int at = best.size();
        while (at > 0 && distances.get(at - 1) > distance) {
            at--;
        }
        best.add(at, candidate);
        distances.add(at, distance);
        if (best.size() > count) {
            best.remove(count);
            distances.remove(count);
        }
    }

    /** Edits between the wanted name and the other one, or any number above {@code bound} when there are more. */
    private int distance(String other, int bound) {
        int columns = other.length();
        if (columns >= current.length - 1) {
            return bound + 1; // lower case can be longer than the original
        }
        for (int j = 0; j <= columns; j++) {
            current[j] = j;
        }
        for (int i = 1; i <= wanted.length(); i++) {
            next[0] = i;
            int least = i;
            for (int j = 1; j <= columns; j++) {
                boolean same = wanted.charAt(i - 1) == other.charAt(j - 1);
                int edits = Math.min(Math.min(current[j], next[j - 1]) + 1, current[j - 1] + (same ? 0 : 1));
                if (i > 1
                        && j > 1
                        && wanted.charAt(i - 1) == other.charAt(j - 2)
                        && wanted.charAt(i - 2) == other.charAt(j - 1)) {
                    edits = Math.min(edits, previous[j - 2] + 1);
                }
                next[j] = edits;
                least = Math.min(least, edits);
            }
            if (least > bound) {
                return bound + 1;
            }
            int[] spare = previous;
            previous = current;
            current = next;
            next = spare;
        }
        return current[columns];
    }
}
