package io.hox.codec;

/** Decodes the blocks of a stream into any primitive array and undoes the transform while a block is in the cache. */
final class BlockDecoder {
    private static final long BLOCK_INTS = (long) BitPacking.BLOCK * Integer.BYTES;
    private static final long WORD = 0xFFFFFFFFL;

    private BlockDecoder() {}

    /** Decodes {@code count} elements of 32 bits to the address {@code to} of {@code dst}, which has room for them. */
    static void words(BlockReader reader, Transform transform, Object dst, long to, int count) {
        int full = count / BitPacking.BLOCK;
        int last = 0;
        long at = to;
        for (int i = 0; i < full; i++) {
            reader.next(dst, at);
            last = restore(transform, dst, at, last);
            at += BLOCK_INTS;
        }
        int rest = count % BitPacking.BLOCK;
        if (rest > 0) {
            int[] tail = new int[BitPacking.BLOCK];
            reader.next(tail, Memory.INTS);
            restore(transform, tail, Memory.INTS, last);
            Memory.UNSAFE.copyMemory(tail, Memory.INTS, dst, at, (long) rest * Integer.BYTES);
        }
    }

    private static int restore(Transform transform, Object values, long at, int last) {
        return switch (transform) {
            case NONE -> last;
            case DELTA -> SumKernels.sum(values, at, last);
            case DELTA_ZIGZAG -> SumKernels.sumZigzag(values, at, last);
        };
    }

    /** Decodes {@code count} elements of 64 bits to the address {@code to} of {@code dst}, which has room for them. */
    static void doubleWords(BlockReader lows, Transform transform, Object dst, long to, int count) {
        int blocks = BitPacking.blocks(count);
        BlockReader highs = lows.after(blocks);
        int[] low = new int[BitPacking.BLOCK];
        int[] high = new int[BitPacking.BLOCK];
        long last = 0;
        for (int i = 0; i < blocks; i++) {
            lows.next(low, Memory.INTS);
            highs.next(high, Memory.INTS);
            int start = i * BitPacking.BLOCK;
            int n = Math.min(BitPacking.BLOCK, count - start);
            long at = to + (long) start * Long.BYTES;
            switch (transform) {
                case NONE -> join(low, high, n, dst, at);
                case DELTA -> last = joinSums(low, high, n, dst, at, last);
                case DELTA_ZIGZAG -> last = joinZigzagSums(low, high, n, dst, at, last);
            }
        }
    }

    private static void join(int[] low, int[] high, int n, Object dst, long to) {
        for (int i = 0; i < n; i++) {
            Memory.UNSAFE.putLong(dst, to + (long) i * Long.BYTES, low[i] & WORD | (long) high[i] << 32);
        }
    }

    private static long joinSums(int[] low, int[] high, int n, Object dst, long to, long last) {
        long sum = last;
        for (int i = 0; i < n; i++) {
            sum += low[i] & WORD | (long) high[i] << 32;
            Memory.UNSAFE.putLong(dst, to + (long) i * Long.BYTES, sum);
        }
        return sum;
    }

    private static long joinZigzagSums(int[] low, int[] high, int n, Object dst, long to, long last) {
        long sum = last;
        for (int i = 0; i < n; i++) {
            long z = low[i] & WORD | (long) high[i] << 32;
            sum += z >>> 1 ^ -(z & 1);
            Memory.UNSAFE.putLong(dst, to + (long) i * Long.BYTES, sum);
        }
        return sum;
    }
}
