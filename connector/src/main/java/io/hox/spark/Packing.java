package io.hox.spark;

/** Packs pieces, in order, into splits of about equal weight. */
final class Packing {
    /** How far, as a part of a split, a cut may move to a better place. */
    private static final double REACH = 0.25;

    private Packing() {}

    /**
     * Before which pieces a split ends. A split begins where a piece is a good start, if there is one near enough.
     *
     * @param bytes weight of each piece
     * @param good whether a piece is a good start
     * @param splits how many to make of them, at least one
     */
    static boolean[] cuts(long[] bytes, boolean[] good, long splits) {
        boolean[] cut = new boolean[bytes.length];
        double totalBytes = 0;
        for (long piece : bytes) {
            totalBytes += piece;
        }
        double size = totalBytes / splits;
        double reach = REACH * size;
        int last = 0;
        int i = 1;
        double before = bytes.length == 0 ? 0 : bytes[0];
        for (long number = 1; number < splits; number++) {
            double even = number * size;
            int best = -1;
            double distance = Double.POSITIVE_INFINITY;
            double atBefore = before;
            // Among the pieces within reach the nearest good one wins, otherwise the piece nearest to the mark.
            for (int at = i; at < cut.length; at++) {
                double off = Math.abs(atBefore - even);
                double rank = good[at] && off <= reach ? off : reach + off;
                if (rank < distance) {
                    best = at;
                    distance = rank;
                }
                if (atBefore > even + reach) {
                    break;
                }
                atBefore += bytes[at];
            }
            if (best > last) {
                cut[best] = true;
                last = best;
            }
            while (i < cut.length && (i <= last || before + bytes[i] < even + size - reach)) {
                before += bytes[i++];
            }
        }
        return cut;
    }
}
