package io.hox.stored.hdf5;

import io.hox.stored.HalfFloat;
import io.hox.zarr.DataType;
import io.hox.zarr.Values;
import io.jhdf.object.datatype.BitField;
import io.jhdf.object.datatype.EnumDataType;
import io.jhdf.object.datatype.FixedPoint;
import io.jhdf.object.datatype.FloatingPoint;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;

/** How numbers and booleans lie in a dataset's bytes. */
record ElementType(DataType type, int bytes, ByteOrder order) {
    /** The element type of an HDF5 type; null for text, compounds and numbers of unusual widths. */
    static ElementType of(io.jhdf.object.datatype.DataType hdf) {
        if (hdf instanceof FixedPoint fixed) {
            boolean plain = fixed.getBitOffset() == 0 && fixed.getBitPrecision() == fixed.getSize() * 8;
            DataType type = plain ? integer(fixed.getSize(), fixed.isSigned()) : null;
            return type == null ? null : new ElementType(type, fixed.getSize(), fixed.getByteOrder());
        }
        if (hdf instanceof FloatingPoint floating) {
            DataType type = floating.getSize() == 8 ? DataType.FLOAT64 : DataType.FLOAT32;
            boolean known = floating.getSize() == 2 || floating.getSize() == 4 || floating.getSize() == 8;
            return known ? new ElementType(type, floating.getSize(), floating.getByteOrder()) : null;
        }
        boolean bool = hdf instanceof BitField || hdf instanceof EnumDataType named && isBoolean(named);
        return bool && hdf.getSize() == 1 ? new ElementType(DataType.BOOL, 1, ByteOrder.LITTLE_ENDIAN) : null;
    }

    private static boolean isBoolean(EnumDataType named) {
        Map<Integer, String> names = named.getEnumMapping();
        return names.size() == 2 && "FALSE".equals(names.get(0)) && "TRUE".equals(names.get(1));
    }

    private static DataType integer(int bytes, boolean signed) {
        return switch (bytes) {
            case 1 -> signed ? DataType.INT8 : DataType.UINT8;
            case 2 -> signed ? DataType.INT16 : DataType.UINT16;
            case 4 -> signed ? DataType.INT32 : DataType.UINT32;
            case 8 -> signed ? DataType.INT64 : DataType.UINT64;
            default -> null;
        };
    }

    /** Decodes {@code count} elements that begin at {@code offset} of {@code bytes}. */
    void decode(byte[] source, int offset, int count, Values into, int at) {
        ByteBuffer buffer = ByteBuffer.wrap(source, offset, count * bytes).order(order);
        switch (type) {
            case BOOL -> {
                byte[] target = into.bytes();
                for (int i = 0; i < count; i++) {
                    target[at + i] = (byte) (source[offset + i] == 0 ? 0 : 1);
                }
            }
            case INT8, UINT8 -> buffer.get(into.bytes(), at, count);
            case INT16, UINT16 -> buffer.asShortBuffer().get(into.shorts(), at, count);
            case INT32, UINT32 -> buffer.asIntBuffer().get(into.ints(), at, count);
            case INT64, UINT64 -> buffer.asLongBuffer().get(into.longs(), at, count);
            case FLOAT32 -> {
                if (bytes == 2) {
                    float[] target = into.floats();
                    for (int i = 0; i < count; i++) {
                        target[at + i] = HalfFloat.toFloat(buffer.getShort());
                    }
                } else {
                    buffer.asFloatBuffer().get(into.floats(), at, count);
                }
            }
            case FLOAT64 -> buffer.asDoubleBuffer().get(into.doubles(), at, count);
        }
    }
}
