package io.hox.store;

import java.util.Arrays;

/** A part of a byte array that is shared with others: read only. */
public record ByteSlice(byte[] array, int offset, int length) {

    /** A copy of the bytes. */
    public byte[] toArray() {
        return Arrays.copyOfRange(array, offset, offset + length);
    }
}
