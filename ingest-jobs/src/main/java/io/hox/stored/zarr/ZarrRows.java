package io.hox.stored.zarr;

import io.hox.stored.RowBands;
import io.hox.stored.RowReader;
import io.hox.zarr.Values;
import io.hox.zarr.ZarrArray;

/** Reads rows of a two-dimensional array. */
final class ZarrRows implements RowReader {
    private final ZarrArray array;
    private final Elements elements;
    private final RowBands bands;

    ZarrRows(ZarrArray array, Elements elements, long memory) {
        long[] shape = array.shape();
        int chunkRows = array.metadata().chunkShape()[0];
        this.bands = new RowBands(elements.type(), shape[0], (int) shape[1], chunkRows, memory, this::load);
        this.array = array;
        this.elements = elements;
    }

    @Override
    public Values read(long row, int n) {
        return bands.read(row, n);
    }

    private Values load(long start, long end) {
        return Halves.widened(elements, array.readBox(new long[] {start}, new long[] {end}));
    }

    @Override
    public void close() {}
}
