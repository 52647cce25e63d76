package io.hox.zarr;

/** The types of array elements that atlases use. */
public enum DataType {
    BOOL("bool", 1, Kind.BYTES),
    INT8("int8", 1, Kind.BYTES),
    UINT8("uint8", 1, Kind.BYTES),
    INT16("int16", 2, Kind.SHORTS),
    UINT16("uint16", 2, Kind.SHORTS),
    INT32("int32", 4, Kind.INTS),
    UINT32("uint32", 4, Kind.INTS),
    INT64("int64", 8, Kind.LONGS),
    UINT64("uint64", 8, Kind.LONGS),
    FLOAT32("float32", 4, Kind.FLOATS),
    FLOAT64("float64", 8, Kind.DOUBLES);

    /** The Java array that holds the elements. */
    public enum Kind {
        BYTES,
        SHORTS,
        INTS,
        LONGS,
        FLOATS,
        DOUBLES
    }

    private final String zarrName;
    private final int bytes;
    private final Kind kind;

    DataType(String zarrName, int bytes, Kind kind) {
        this.zarrName = zarrName;
        this.bytes = bytes;
        this.kind = kind;
    }

    /** The name in array documents, {@code uint32} for example. */
    public String zarrName() {
        return zarrName;
    }

    /** Bytes of one element. */
    public int bytes() {
        return bytes;
    }

    /** Whether values are whole numbers without a sign. */
    public boolean isUnsigned() {
        return this == UINT8 || this == UINT16 || this == UINT32 || this == UINT64;
    }

    /** Whether values are floating-point numbers. */
    public boolean isFloat() {
        return this == FLOAT32 || this == FLOAT64;
    }

    /** The Java array that holds elements of the type. */
    public Kind kind() {
        return kind;
    }

    /** The type of a name in an array document; null when it is not one of these. */
    public static DataType of(String zarrName) {
        for (DataType type : values()) {
            if (type.zarrName.equals(zarrName)) {
                return type;
            }
        }
        return null;
    }
}
