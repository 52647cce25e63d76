package io.hox.codec;

import java.lang.reflect.Field;
import java.nio.ByteOrder;
import sun.misc.Unsafe;

/**
 * Words of primitive arrays by address, without a bounds check each: the block kernels check once a block. An address
 * is the base offset of the array's type plus the byte offset of the element. On Java 17 this doubles the speed of
 * the kernels over a VarHandle view of the bytes.
 */
final class Memory {
    static final Unsafe UNSAFE = unsafe();
    static final long BYTES = Unsafe.ARRAY_BYTE_BASE_OFFSET;
    static final long INTS = Unsafe.ARRAY_INT_BASE_OFFSET;
    static final long LONGS = Unsafe.ARRAY_LONG_BASE_OFFSET;

    private Memory() {}

    private static Unsafe unsafe() {
        if (ByteOrder.nativeOrder() != ByteOrder.LITTLE_ENDIAN) {
            throw new IllegalStateException("hox runs on little-endian processors only (x86-64, AArch64), not on "
                    + System.getProperty("os.arch"));
        }
        try {
            Field field = Unsafe.class.getDeclaredField("theUnsafe");
            field.setAccessible(true);
            return (Unsafe) field.get(null);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("this Java runtime has no sun.misc.Unsafe (module jdk.unsupported)", e);
        }
    }
}
