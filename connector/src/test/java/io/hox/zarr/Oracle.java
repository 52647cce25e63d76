package io.hox.zarr;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Random;

/** The plain way to do what the library does cleverly. */
final class Oracle {
    private Oracle() {}

    /** Random elements; small ones and runs of zeros among them. */
    static Values random(DataType type, int n, long seed) {
        Random random = new Random(seed);
        byte[] bytes = new byte[n * type.bytes()];
        random.nextBytes(bytes);
        if (type == DataType.BOOL) {
            for (int i = 0; i < n; i++) {
                bytes[i] &= 1;
            }
        }
        for (int i = 0; i < n; ) {
            int run = 1 + random.nextInt(20);
            if (random.nextBoolean()) {
                java.util.Arrays.fill(bytes, i * type.bytes(), Math.min(n, i + run) * type.bytes(), (byte) 0);
            }
            i += run;
        }
        return ofBytes(type, bytes);
    }

    static Values ofBytes(DataType type, byte[] littleEndian) {
        int n = littleEndian.length / type.bytes();
        Values values = Values.allocate(type, n);
        ByteBuffer bytes = ByteBuffer.wrap(littleEndian).order(ByteOrder.LITTLE_ENDIAN);
        switch (type.kind()) {
            case BYTES -> bytes.get(values.bytes());
            case SHORTS -> bytes.asShortBuffer().get(values.shorts());
            case INTS -> bytes.asIntBuffer().get(values.ints());
            case LONGS -> bytes.asLongBuffer().get(values.longs());
            case FLOATS -> bytes.asFloatBuffer().get(values.floats());
            case DOUBLES -> bytes.asDoubleBuffer().get(values.doubles());
        }
        return values;
    }

    static byte[] bytes(Values values) {
        ByteBuffer bytes =
                ByteBuffer.allocate(values.length() * values.type().bytes()).order(ByteOrder.LITTLE_ENDIAN);
        switch (values.type().kind()) {
            case BYTES -> bytes.put(values.bytes());
            case SHORTS -> bytes.asShortBuffer().put(values.shorts());
            case INTS -> bytes.asIntBuffer().put(values.ints());
            case LONGS -> bytes.asLongBuffer().put(values.longs());
            case FLOATS -> bytes.asFloatBuffer().put(values.floats());
            case DOUBLES -> bytes.asDoubleBuffer().put(values.doubles());
        }
        return bytes.array();
    }

    static String digest(Values values) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes(values));
            return HexFormat.of().formatHex(hash, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    /** A box of an array, element by element. */
    static byte[] box(Values array, long[] shape, long[] min, long[] max) {
        int rank = shape.length;
        int size = array.type().bytes();
        byte[] all = bytes(array);
        int n = 1;
        for (int k = 0; k < rank; k++) {
            n *= (int) (max[k] - min[k]);
        }
        byte[] out = new byte[n * size];
        for (int i = 0; i < n; i++) {
            long position = 0;
            long stride = 1;
            int rest = i;
            for (int k = rank - 1; k >= 0; k--) {
                int extent = (int) (max[k] - min[k]);
                position += (min[k] + rest % extent) * stride;
                rest /= extent;
                stride *= shape[k];
            }
            System.arraycopy(all, (int) position * size, out, i * size, size);
        }
        return out;
    }
}
