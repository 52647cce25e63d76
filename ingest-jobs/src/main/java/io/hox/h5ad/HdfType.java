package io.hox.h5ad;

import io.hox.HoxException;
import io.hox.zarr.DataType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** The datatype messages of what h5ad files hold, as h5py writes them. */
final class HdfType {
    /** Bytes of a reference to a string in a heap: length, heap address, number in the heap. */
    static final int STRING_REFERENCE = 16;

    private HdfType() {}

    /** Little-endian numbers; booleans as the enum that numpy's bool becomes. */
    static byte[] of(DataType type) {
        return switch (type) {
            case BOOL -> bool();
            case FLOAT32 -> floating(4, 23, 8, 127);
            case FLOAT64 -> floating(8, 52, 11, 1023);
            default -> integer(type.bytes(), !type.isUnsigned());
        };
    }

    /** UTF-8 text of any length. */
    static byte[] string() {
        ByteBuffer message = message(8 + 12, 0x19, 0x01, 0x01, STRING_REFERENCE);
        return message.put(integer(1, false)).array();
    }

    private static byte[] integer(int bytes, boolean signed) {
        ByteBuffer message = message(12, 0x10, signed ? 0x08 : 0, 0, bytes);
        return message.putShort((short) 0).putShort((short) (bytes * 8)).array();
    }

    private static byte[] floating(int bytes, int mantissa, int exponent, int bias) {
        ByteBuffer message = message(20, 0x11, 0x20, bytes * 8 - 1, bytes);
        message.putShort((short) 0).putShort((short) (bytes * 8));
        message.put((byte) mantissa).put((byte) exponent).put((byte) 0).put((byte) mantissa);
        return message.putInt(bias).array();
    }

    private static byte[] bool() {
        ByteBuffer message = message(8 + 12 + 16 + 2, 0x18, 2, 0, 1);
        message.put(integer(1, true));
        message.put("FALSE\0\0\0TRUE\0\0\0\0".getBytes(StandardCharsets.US_ASCII));
        return message.put((byte) 0).put((byte) 1).array();
    }

    private static ByteBuffer message(int length, int classAndVersion, int bits0, int bits1, int size) {
        ByteBuffer message = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        message.put((byte) classAndVersion).put((byte) bits0).put((byte) bits1).put((byte) 0);
        return message.putInt(size);
    }

    /** A dataspace message; no dimensions make a scalar. */
    static byte[] space(long... shape) {
        ByteBuffer message = ByteBuffer.allocate(4 + 8 * shape.length).order(ByteOrder.LITTLE_ENDIAN);
        message.put((byte) 2).put((byte) shape.length).put((byte) 0).put((byte) (shape.length == 0 ? 0 : 1));
        for (long side : shape) {
            message.putLong(side);
        }
        return message.array();
    }

    /** An attribute message. */
    static byte[] attribute(String name, byte[] type, byte[] space, byte[] data) {
        byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
        int length = 9 + utf8.length + 1 + type.length + space.length + data.length;
        if (length > 0xffff) {
            throw new HoxException("The attribute '" + name + "' takes " + length
                    + " bytes; h5ad files hold at most 65535. Write fewer columns.");
        }
        ByteBuffer message = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        message.put((byte) 3).put((byte) 0).putShort((short) (utf8.length + 1));
        message.putShort((short) type.length).putShort((short) space.length).put((byte) 1);
        return message.put(utf8).put((byte) 0).put(type).put(space).put(data).array();
    }
}
