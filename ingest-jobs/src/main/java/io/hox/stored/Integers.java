package io.hox.stored;

import io.hox.zarr.Values;

/** Whole numbers of any stored width as longs. */
public final class Integers {
    private Integers() {}

    /** Element {@code i}; an unsigned 64-bit one beyond the range of long comes out negative. */
    public static long at(Values values, int i) {
        return switch (values.type()) {
            case BOOL, UINT8 -> values.bytes()[i] & 0xff;
            case INT8 -> values.bytes()[i];
            case INT16 -> values.shorts()[i];
            case UINT16 -> values.shorts()[i] & 0xffff;
            case INT32 -> values.ints()[i];
            case UINT32 -> values.ints()[i] & 0xffff_ffffL;
            case INT64, UINT64 -> values.longs()[i];
            case FLOAT32, FLOAT64 -> throw new IllegalStateException("not whole numbers: " + values.type());
        };
    }
}
