package io.hox.tenx;

import io.hox.mtx.LineReader;
import io.hox.mtx.TextFile;
import io.hox.source.Column;
import io.hox.source.Column.Content;
import io.hox.source.Column.Kind;
import io.hox.source.DataFrame;
import java.io.Closeable;
import java.util.List;
import java.util.Map;

/** A file of barcodes, a cell a line. They are counted at once and read by ranges, so millions of them need no memory. */
final class Barcodes implements Closeable {
    private final TextFile file;
    private final int count;
    private LineReader current;
    /** The row of the line that follows. */
    private int next;

    Barcodes(TextFile file) {
        this.file = file;
        try (LineReader lines = file.open()) {
            int n = 0;
            while (lines.next()) {
                if (lines.isBlank()) {
                    throw file.failure(lines.number(), "has no barcode. Every line names a cell");
                }
                n = Math.addExact(n, 1);
            }
            this.count = n;
        }
    }

    int count() {
        return count;
    }

    /** The table of the cells: their barcodes and nothing else. */
    DataFrame obs() {
        Column index = new Column("barcodes", Kind.STRING, null, count, false, false, this::read);
        return new DataFrame(index, List.of(), Map.of());
    }

    /** Ranges in ascending order are read in one pass. */
    private Content read(int from, int to) {
        if (current == null || next > from) {
            close();
            current = file.open();
            next = 0;
        }
        String[] barcodes = new String[to - from];
        for (; next < to; next++) {
            if (!current.next()) {
                throw file.failure(
                        current.number(),
                        "is the last one where there were " + count
                                + " before: the file changed while it was read. Try again when it is complete");
            }
            if (next >= from) {
                barcodes[next - from] = current.field(0);
            }
        }
        return Content.strings(barcodes);
    }

    @Override
    public void close() {
        if (current != null) {
            current.close();
            current = null;
        }
    }
}
