package io.hox.stored;

import io.hox.source.ValueArrays;
import io.hox.zarr.DataType;
import io.hox.zarr.Values;

/**
 * Reads rows through a band of whole rows, as high as the chunks where memory allows, so that rows asked for in order
 * decode every chunk once.
 */
public final class RowBands {
    /** Reads the rows from {@code start} (included) to {@code end} (excluded), which lie in one row of chunks. */
    @FunctionalInterface
    public interface Loader {
        Values load(long start, long end);
    }

    private final DataType type;
    private final long rows;
    private final int columns;
    private final long chunkRows;
    private final int bandRows;
    private final Loader loader;
    private Values band;
    private long bandStart;
    private long bandEnd;

    /**
     * @param chunkRows rows of a chunk, at least 1
     * @param memory bytes of a band; one row is held in any case
     */
    public RowBands(DataType type, long rows, int columns, long chunkRows, long memory, Loader loader) {
        this.type = type;
        this.loader = loader;
        this.rows = rows;
        this.columns = columns;
        this.chunkRows = chunkRows;
        long rowBytes = Math.max(1, (long) columns * type.bytes());
        this.bandRows = (int) Math.min(Math.min(chunkRows, StoredArray.LONGEST), Math.max(1, memory / rowBytes));
    }

    /** See {@link RowReader#read}. */
    public Values read(long row, int n) {
        Values values = Values.allocate(type, Math.multiplyExact(n, columns));
        for (int done = 0; done < n; ) {
            hold(row + done);
            int take = (int) Math.min(n - done, bandEnd - row - done);
            int offset = (int) (row + done - bandStart) * columns;
            ValueArrays.copy(band, offset, values, done * columns, take * columns);
            done += take;
        }
        return values;
    }

    private void hold(long row) {
        if (band != null && row >= bandStart && row < bandEnd) {
            return;
        }
        band = null;
        // A band never crosses into the next chunks.
        long chunkStart = row / chunkRows * chunkRows;
        bandStart = chunkStart + (row - chunkStart) / bandRows * bandRows;
        bandEnd = Math.min(Math.min(bandStart + bandRows, chunkStart + chunkRows), rows);
        band = loader.load(bandStart, bandEnd);
    }
}
