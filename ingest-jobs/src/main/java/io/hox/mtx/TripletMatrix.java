package io.hox.mtx;

import io.hox.HoxException;
import io.hox.source.DenseBlock;
import io.hox.source.Matrix;
import io.hox.source.MatrixScanner;
import io.hox.source.RowBlock;
import io.hox.source.SparseToDense;
import io.hox.zarr.DataType;

/**
 * A cells x features matrix in a text file of one entry a line. A file is read twice: once to see whether its lines come
 * in the order of the cells, and once, or through a sort on the local disk, to give the rows. Memory does not depend on
 * its size.
 */
public final class TripletMatrix implements MatrixScanner {
    private final TextFile file;
    private final TripletLayout layout;
    private final int sortedAtOnce;
    private Survey survey;

    TripletMatrix(TextFile file, TripletLayout layout, int sortedAtOnce) {
        this.file = file;
        this.layout = layout;
        this.sortedAtOnce = sortedAtOnce;
    }

    /**
     * A Matrix Market file of features x cells, or of cells x features where only that fits.
     *
     * @param cells how many cells there should be
     * @param features how many features there should be
     */
    public static TripletMatrix matrixMarket(TextFile file, long cells, int features) {
        MatrixMarketHeader header;
        try (LineReader lines = file.open()) {
            header = MatrixMarketHeader.read(lines);
        }
        boolean featureFirst = header.rows() == features && header.columns() == cells;
        if (!featureFirst && (header.rows() != cells || header.columns() != features)) {
            throw new HoxException(file + " is a matrix of " + header.rows() + " x " + header.columns()
                    + ", but beside it are " + features + " features and " + cells
                    + " barcodes. The files belong to different matrices, or one of them is truncated.");
        }
        TripletLayout layout =
                new TripletLayout(true, !featureFirst, 1, cells, features, header.entries(), header.values());
        return new TripletMatrix(file, layout, TripletSort.RANGE_ENTRIES);
    }

    /**
     * A file of nothing but triplets: number of the feature, number of the cell, value, separated by tabs, blanks or
     * commas. Numbers begin with 0 if a 0 occurs, otherwise with 1.
     *
     * @param cells how many cells there are
     * @param features how many features there are
     */
    public static TripletMatrix triplets(TextFile file, long cells, int features) {
        TripletLayout layout = new TripletLayout(false, false, -1, cells, features, -1, ValueKind.REAL);
        return new TripletMatrix(file, layout, TripletSort.RANGE_ENTRIES);
    }

    @Override
    public Matrix.Layout layout() {
        return Matrix.Layout.CSR;
    }

    /** {@link DataType#INT64}, or {@link DataType#FLOAT64} where the file may hold other than whole numbers. */
    @Override
    public DataType type() {
        return layout.values().type();
    }

    @Override
    public long rows() {
        return layout.cells();
    }

    @Override
    public int columns() {
        return layout.features();
    }

    /** The number of lines, which takes reading them where the file does not begin with it. */
    @Override
    public long entries() {
        return layout.entries() >= 0 ? layout.entries() : survey().entries();
    }

    @Override
    public boolean splittable() {
        return false;
    }

    @Override
    public MatrixScanner withMemory(long bytes) {
        long entries = Math.max(1, bytes / TripletSort.ENTRY_BYTES);
        return new TripletMatrix(file, layout, (int) Math.min(sortedAtOnce, entries));
    }

    @Override
    public long scan(long from, long to, int maxEntries, RowBlock.Consumer consumer) {
        TripletLayout known = layout.withBase(survey().base());
        RowBlocks blocks = new RowBlocks(file, known, from, maxEntries, consumer);
        if (!survey().sorted()) {
            new TripletSort(file, known, survey(), sortedAtOnce).run(from, to, blocks);
            return blocks.finish(to);
        }
        try (TripletReader reader = TripletReader.open(file, known)) {
            while (reader.next() && reader.cell() < to) {
                if (reader.cell() >= from) {
                    blocks.add(reader.cell(), reader.feature(), reader.bits());
                }
            }
        }
        return blocks.finish(to);
    }

    @Override
    public void scanDense(long from, long to, int maxElements, DenseBlock.Consumer consumer) {
        SparseToDense.scan(this, from, to, maxElements, consumer);
    }

    private Survey survey() {
        if (survey == null) {
            survey = Survey.of(file, layout);
        }
        return survey;
    }
}
