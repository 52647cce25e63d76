package io.hox.spark;

import java.util.ArrayList;
import java.util.List;

/**
 * Slices with their weight in bytes, small enough to be packed into even splits and few enough to be held whatever the
 * size of the table: when there are too many, neighbours are joined and later ones get larger.
 */
final class Pieces {
    private static final int MAX_PIECES = 8_192;

    private record Piece(Slice slice, long bytes, boolean atShard) {}

    private List<Piece> pieces = new ArrayList<>();
    private long granule;
    private long totalBytes;
    private long totalRows;
    private boolean rowsKnown = true;

    /** @param granule bytes of a piece at first */
    Pieces(long granule) {
        this.granule = Math.max(1, granule);
    }

    /** Bytes from which a piece is worth closing. */
    long granule() {
        return granule;
    }

    long totalBytes() {
        return totalBytes;
    }

    /** Rows of all pieces; {@link Slice#UNKNOWN} when those of some are not known. */
    long totalRows() {
        return rowsKnown ? totalRows : Slice.UNKNOWN;
    }

    /** @param atShard whether the slice begins where a shard does, which makes it a good start of a split */
    void add(Slice slice, long bytes, boolean atShard) {
        if (slice.rows() == 0) {
            return;
        }
        pieces.add(new Piece(slice, bytes, atShard));
        totalBytes += bytes;
        totalRows += slice.rows();
        rowsKnown &= slice.rows() != Slice.UNKNOWN;
        if (pieces.size() > MAX_PIECES) {
            granule *= 2;
            pieces = joined();
        }
    }

    /** Adds rows of equal weight, cut into pieces. */
    void addEven(int fragment, long offset, long rows, long bytesPerRow) {
        long step = Math.max(1, granule / bytesPerRow);
        for (long from = 0; from < rows; from += step) {
            long count = Math.min(step, rows - from);
            add(new Slice(fragment, offset + from, count), count * bytesPerRow, false);
        }
    }

    /**
     * Packs the pieces, in order, into splits of about equal weight; at least one, at most one per piece. A split begins
     * with a shard where one begins near enough.
     */
    List<CellSplit> splits(long splits) {
        long[] bytes = new long[pieces.size()];
        boolean[] atShard = new boolean[pieces.size()];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = pieces.get(i).bytes;
            atShard[i] = pieces.get(i).atShard;
        }
        boolean[] cut = Packing.cuts(bytes, atShard, Math.min(splits, pieces.size()));
        List<CellSplit> packed = new ArrayList<>();
        List<Slice> open = new ArrayList<>();
        for (int i = 0; i < cut.length; i++) {
            if (cut[i]) {
                packed.add(new CellSplit(List.copyOf(open)));
                open = new ArrayList<>();
            }
            append(open, pieces.get(i).slice);
        }
        if (!open.isEmpty()) {
            packed.add(new CellSplit(List.copyOf(open)));
        }
        return packed;
    }

    private static void append(List<Slice> slices, Slice slice) {
        Slice last = slices.isEmpty() ? null : slices.get(slices.size() - 1);
        if (last != null && follows(last, slice)) {
            slices.set(slices.size() - 1, new Slice(last.fragment(), last.start(), last.rows() + slice.rows()));
        } else {
            slices.add(slice);
        }
    }

    // Pieces come in order and without gaps, so those of one fragment adjoin.
    private static boolean follows(Slice last, Slice next) {
        return last.fragment() == next.fragment() && last.rows() != Slice.UNKNOWN && next.rows() != Slice.UNKNOWN;
    }

    private List<Piece> joined() {
        List<Piece> fewer = new ArrayList<>();
        for (Piece piece : pieces) {
            Piece last = fewer.isEmpty() ? null : fewer.get(fewer.size() - 1);
            if (last != null && last.bytes + piece.bytes <= granule && follows(last.slice, piece.slice)) {
                Slice slice = last.slice;
                Slice both = new Slice(slice.fragment(), slice.start(), slice.rows() + piece.slice.rows());
                fewer.set(fewer.size() - 1, new Piece(both, last.bytes + piece.bytes, last.atShard));
            } else {
                fewer.add(piece);
            }
        }
        return fewer;
    }
}
