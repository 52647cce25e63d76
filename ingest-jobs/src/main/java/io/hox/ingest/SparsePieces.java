package io.hox.ingest;

import io.hox.source.Matrix;
import java.util.ArrayList;
import java.util.List;

/** Cuts the flat arrays of a sparse modality into pieces of whole shards. */
final class SparsePieces {
    /** Offsets in memory at a time. */
    private static final int WINDOW = 1 << 18;

    private final long pieceElements;
    private final long shardElements;
    private final List<Piece> pieces = new ArrayList<>();

    /** @param shards shards of a piece */
    SparsePieces(ArrayShapes shapes, long shards) {
        this.shardElements = shapes.shard();
        this.pieceElements = shardElements * shards;
    }

    /**
     * From stored offsets, which are read in windows.
     *
     * @return null where the matrix has none
     */
    List<Piece> ofOffsets(Matrix matrix) {
        long rows = matrix.rows();
        if (matrix.offsets(0, 0) == null) {
            return null;
        }
        long firstRow = 0;
        long ownRow = 0;
        long firstOffset = 0;
        long begin = 0;
        long last = 0;
        for (long from = 0; from < rows; from += WINDOW) {
            long[] offsets = matrix.offsets(from, Math.min(rows, from + WINDOW));
            for (int i = 1; i < offsets.length; i++) {
                long row = from + i;
                // The row before this one is the last to begin before the border: it may reach over it, or over
                // several.
                while (offsets[i] >= begin + pieceElements && !(row == rows && offsets[i] == begin + pieceElements)) {
                    long border = begin + pieceElements;
                    pieces.add(piece(begin, border, firstRow, ownRow, row, firstOffset, offsets[i]));
                    boolean starts = offsets[i] == border;
                    firstRow = starts ? row : row - 1;
                    firstOffset = starts ? border : offsets[i - 1];
                    ownRow = row;
                    begin = border;
                }
            }
            last = offsets[offsets.length - 1];
        }
        pieces.add(piece(begin, Long.MAX_VALUE, firstRow, ownRow, rows, firstOffset, last));
        return pieces;
    }

    /**
     * From totals of blocks of rows. A piece scans the whole blocks in which it begins and ends.
     *
     * @param totals entries of each block
     */
    List<Piece> ofTotals(long rows, int blockRows, long[] totals) {
        long[] begins = new long[totals.length + 1];
        for (int i = 0; i < totals.length; i++) {
            begins[i + 1] = begins[i] + totals[i];
        }
        long all = begins[totals.length];
        int firstBlock = 0;
        for (long begin = 0; begin == 0 || begin < all; begin += pieceElements) {
            long end = begin + pieceElements >= all ? Long.MAX_VALUE : begin + pieceElements;
            // Empty rows at the end of a block may begin where the piece does.
            while (begins[firstBlock + 1] < begin) {
                firstBlock++;
            }
            int endBlock = firstBlock;
            while (endBlock < totals.length && begins[endBlock] < end) {
                endBlock++;
            }
            long firstRow = (long) firstBlock * blockRows;
            long endRow = Math.min(rows, (long) endBlock * blockRows);
            pieces.add(piece(begin, end, firstRow, firstRow, endRow, begins[firstBlock], begins[endBlock]));
        }
        return pieces;
    }

    private Piece piece(
            long start, long end, long firstRow, long ownRow, long endRow, long firstOffset, long endOffset) {
        int number = pieces.size();
        return new Piece(number, start / shardElements, start, end, firstRow, ownRow, endRow, firstOffset, endOffset);
    }
}
