package io.hox.mtx;

import io.hox.zarr.DataType;

/** What stands in the third place of a line. */
enum ValueKind {
    /** A whole number of 64 bits. */
    WHOLE(DataType.INT64),
    /** Any number. */
    REAL(DataType.FLOAT64),
    /** Nothing: every entry is a 1. */
    NONE(DataType.INT64);

    private final DataType type;

    ValueKind(DataType type) {
        this.type = type;
    }

    DataType type() {
        return type;
    }
}
