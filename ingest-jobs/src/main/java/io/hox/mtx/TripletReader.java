package io.hox.mtx;

import io.hox.HoxException;
import java.io.Closeable;

/** The entries of a file in its order, each checked to be three numbers within the matrix. */
final class TripletReader implements Closeable {
    private final LineReader lines;
    private final TripletLayout layout;
    private final int base;
    private final long firstLimit;
    private final long secondLimit;
    private long read;
    private long first;
    private long second;
    private long bits;
    private int at;

    private TripletReader(LineReader lines, TripletLayout layout) {
        this.lines = lines;
        this.layout = layout;
        this.base = Math.max(0, layout.base());
        long more = layout.base() < 0 ? 1 : 0;
        this.firstLimit = more + (layout.cellFirst() ? layout.cells() : layout.features());
        this.secondLimit = more + (layout.cellFirst() ? layout.features() : layout.cells());
    }

    static TripletReader open(TextFile file, TripletLayout layout) {
        LineReader lines = file.open();
        try {
            if (layout.header()) {
                MatrixMarketHeader.read(lines);
            }
            return new TripletReader(lines, layout);
        } catch (RuntimeException e) {
            lines.close();
            throw e;
        }
    }

    /** Moves on to the next entry; false after the last one, when there were as many as there should be. */
    boolean next() {
        do {
            if (!lines.next()) {
                checkComplete();
                return false;
            }
        } while (lines.isBlank());
        if (read++ == layout.entries()) {
            throw failure("is one entry more than the " + layout.entries()
                    + " that the head of the file announces. The file is damaged; write it again");
        }
        at = lines.start();
        try {
            first = index(firstLimit, layout.cellFirst() ? "cell" : "feature");
            second = index(secondLimit, layout.cellFirst() ? "feature" : "cell");
            bits = value();
        } catch (NumberFormatException e) {
            HoxException failure = failure("is '" + excerpt() + "', not " + wanted());
            failure.initCause(e);
            throw failure;
        }
        return true;
    }

    /** The entry's cell, counted from 0 where the layout tells the base; so is its feature. */
    long cell() {
        return layout.cellFirst() ? first : second;
    }

    int feature() {
        return (int) (layout.cellFirst() ? second : first);
    }

    /** The value: a whole number as such, any other one as the bits of a double. */
    long bits() {
        return bits;
    }

    /** Number of the current line. */
    long line() {
        return lines.number();
    }

    private long index(long limit, String what) {
        int from = nextField();
        long index = NumberParser.whole(lines.bytes(), from, at) - base;
        if (index < 0 || index >= limit) {
            long count = layout.base() < 0 ? limit - 1 : limit;
            throw failure("names " + what + " " + (index + base) + " of " + count + ", which are numbered from "
                    + (layout.base() < 0 ? "0 or 1" : base)
                    + ". The file is damaged, or belongs to other cells and features");
        }
        return index;
    }

    private long value() {
        int from = nextField();
        if (layout.values() == ValueKind.NONE) {
            if (from != at) {
                throw new NumberFormatException();
            }
            return 1;
        }
        long value = layout.values() == ValueKind.WHOLE
                ? NumberParser.whole(lines.bytes(), from, at)
                : Double.doubleToRawLongBits(NumberParser.real(lines.bytes(), from, at));
        if (nextField() != at) {
            throw new NumberFormatException();
        }
        return value;
    }

    /** Skips separators and leaves {@link #at} behind the field that follows, which may be empty at the line's end. */
    private int nextField() {
        byte[] bytes = lines.bytes();
        int end = lines.end();
        int from = at;
        while (from < end && isSeparator(bytes[from])) {
            from++;
        }
        at = from;
        while (at < end && !isSeparator(bytes[at])) {
            at++;
        }
        return from;
    }

    private static boolean isSeparator(byte c) {
        return c == ' ' || c == '\t' || c == ',';
    }

    private void checkComplete() {
        if (layout.entries() >= 0 && read < layout.entries()) {
            throw failure("is the last one after " + read + " of the " + layout.entries()
                    + " entries that the head of the file announces. The file is truncated; copy or download it again");
        }
    }

    private String wanted() {
        String order =
                layout.cellFirst() ? "the numbers of a cell and a feature" : "the numbers of a feature and a cell";
        return switch (layout.values()) {
            case NONE -> order + " alone";
            case WHOLE -> order
                    + " and a whole number as the head of the file announces. Correct the line, or write the"
                    + " file as 'real' if its values are no counts";
            case REAL -> order + " and a value. Correct the line";
        };
    }

    private String excerpt() {
        String text = lines.text();
        return text.length() > 60 ? text.substring(0, 60) + "..." : text;
    }

    private HoxException failure(String what) {
        return lines.file().failure(lines.number(), what);
    }

    @Override
    public void close() {
        lines.close();
    }
}
