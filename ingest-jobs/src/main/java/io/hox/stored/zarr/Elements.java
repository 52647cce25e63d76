package io.hox.stored.zarr;

import io.hox.zarr.DataType;

/**
 * What the elements of an array are, and what they are read as.
 *
 * @param kind how elements are stored
 * @param stored the type of which they are read: numbers as they are, halves as 16 bits, text as bytes
 * @param width bytes of an element of fixed text; 1 for others
 * @param bigEndian whether characters of four bytes begin with the highest
 */
record Elements(Kind kind, DataType stored, int width, boolean bigEndian) {
    /** How elements are stored. */
    enum Kind {
        NUMBERS,
        /** Floats of 16 bits. */
        HALVES,
        /** Bytes of UTF-8 behind their length. */
        TEXT,
        /** UTF-8 of a fixed number of bytes, zeros behind it. */
        FIXED_BYTES,
        /** Characters of four bytes, a fixed number of them, zeros behind them. */
        FIXED_CHARACTERS
    }

    static Elements numbers(DataType type) {
        return new Elements(Kind.NUMBERS, type, 1, false);
    }

    static Elements halves() {
        return new Elements(Kind.HALVES, DataType.UINT16, 1, false);
    }

    static Elements text() {
        return new Elements(Kind.TEXT, DataType.UINT8, 1, false);
    }

    static Elements fixedBytes(int width) {
        return new Elements(Kind.FIXED_BYTES, DataType.UINT8, width, false);
    }

    static Elements fixedCharacters(int width, boolean bigEndian) {
        return new Elements(Kind.FIXED_CHARACTERS, DataType.UINT8, width, bigEndian);
    }

    boolean isText() {
        return kind != Kind.NUMBERS && kind != Kind.HALVES;
    }

    /** The type of numbers that come out; null for text. */
    DataType type() {
        return isText() ? null : kind == Kind.HALVES ? DataType.FLOAT32 : stored;
    }
}
