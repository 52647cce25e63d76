package io.hox.ingest;

import io.hox.job.TaskRunner;
import io.hox.source.Matrix;
import io.hox.source.Source;
import java.util.ArrayList;
import java.util.List;

/**
 * Decides where the pieces of a modality begin. Where a matrix knows its row offsets they are taken at their word: rows
 * with repeated entries, which become fewer, are found by the pieces themselves, and then the rows are counted.
 */
final class Survey {
    /** The driver keeps that many counts of a dataset at most. */
    private static final int MOST_BLOCKS = 1 << 14;
    /** Entries that one task counts, in units of a shard. */
    private static final int SHARDS_COUNTED = 4;

    private final DatasetPlan plan;
    private final TaskRunner runner;
    private final String description;
    private long normalisedRows = -1;

    /** @param description of the Spark job that counts */
    Survey(DatasetPlan plan, TaskRunner runner, String description) {
        this.plan = plan;
        this.runner = runner;
        this.description = description;
    }

    /** Rows that were unsorted or had repeated entries, where they were counted; else -1. */
    long normalisedRows() {
        return normalisedRows;
    }

    /**
     * The pieces, in order.
     *
     * @param exact whether stored offsets are known to be wrong
     */
    List<Piece> pieces(Source source, ModalityPlan modality, boolean exact) {
        Matrix matrix = modality.matrix(source, modality.first());
        long shards = matrix.splittable()
                ? shardsOfPiece(matrix)
                : Long.MAX_VALUE / plan.shapes().shard();
        if (!modality.isSparse()) {
            return rows(matrix, shards);
        }
        SparsePieces pieces = new SparsePieces(plan.shapes(), shards);
        if (!matrix.splittable() || matrix.entries() <= shards * plan.shapes().shard()) {
            return List.of(Piece.whole(matrix.rows()));
        }
        List<Piece> known = exact ? null : pieces.ofOffsets(matrix);
        if (known != null) {
            return known;
        }
        int blockRows = Math.toIntExact(matrix.rows() / MOST_BLOCKS + 1);
        return pieces.ofTotals(matrix.rows(), blockRows, totals(modality, matrix, blockRows, exact));
    }

    /** A task reads a matrix stored by columns from start to end, so it does as much as its memory allows. */
    private long shardsOfPiece(Matrix matrix) {
        if (matrix.layout() != Matrix.Layout.CSC) {
            return 1;
        }
        long entryBytes = Integer.BYTES + matrix.type().bytes();
        return Math.max(1, plan.waitingBytes() / entryBytes / plan.shapes().shard());
    }

    private List<Piece> rows(Matrix matrix, long shards) {
        long shardRows = plan.shapes().shardRows(matrix.columns());
        long pieceRows = shards >= matrix.rows() / shardRows ? Math.max(1, matrix.rows()) : shards * shardRows;
        List<Piece> pieces = new ArrayList<>();
        for (long from = 0; from < matrix.rows(); from += pieceRows) {
            long to = Math.min(matrix.rows(), from + pieceRows);
            pieces.add(Piece.ofRows(pieces.size(), from / shardRows, from, to));
        }
        return pieces;
    }

    private long[] totals(ModalityPlan modality, Matrix matrix, int blockRows, boolean exact) {
        boolean byEntries = !exact && matrix.countEntries(0, 0, blockRows, new long[0]);
        long all = byEntries ? matrix.entries() : matrix.rows();
        long share = Math.max(1, plan.shapes().shard() * SHARDS_COUNTED);
        long tasks = Math.max(1, Math.min(all, (matrix.entries() + share - 1) / share));
        long step = (all + tasks - 1) / tasks;
        step = byEntries ? step : (step + blockRows - 1) / blockRows * blockRows;
        List<CountTask> counting = new ArrayList<>();
        for (long from = 0; from < all; from += step) {
            counting.add(new CountTask(plan, modality, byEntries, from, Math.min(all, from + step), blockRows));
        }
        long[] totals = new long[Math.toIntExact((matrix.rows() + blockRows - 1) / blockRows)];
        long normalised = 0;
        for (RowCount count : runner.<RowCount>run(plan.datasetUid(), description, counting)) {
            for (int i = 0; i < count.totals().length; i++) {
                totals[count.firstBlock() + i] += count.totals()[i];
            }
            normalised += count.normalisedRows();
        }
        normalisedRows = byEntries ? normalisedRows : Math.max(0, normalisedRows) + normalised;
        return totals;
    }
}
