package io.hox.store;

/** A part of an object: {@code length} bytes from {@code offset}, both not negative. */
public record ByteRange(long offset, int length) {
    public ByteRange {
        if (offset < 0 || length < 0 || offset + length < 0) {
            throw new IllegalArgumentException("byte range [" + offset + ", +" + length + ") is not valid");
        }
    }

    /** The position after the last byte. */
    public long end() {
        return offset + length;
    }

    @Override
    public String toString() {
        return "[" + offset + ", " + end() + ")";
    }
}
