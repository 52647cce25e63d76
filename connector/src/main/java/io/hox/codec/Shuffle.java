package io.hox.codec;

/** Puts bytes and bits of elements together that were taken apart so that like stands beside like. */
final class Shuffle {
    private Shuffle() {}

    /** First bytes of all elements, then second ones...; what is no whole element stands at the end. */
    static void restoreBytes(byte[] src, int elementBytes, int n, byte[] dst, int dstOff) {
        int elements = n / elementBytes;
        int from = 0;
        for (int b = 0; b < elementBytes; b++) {
            int to = dstOff + b;
            for (int i = 0; i < elements; i++) {
                dst[to] = src[from++];
                to += elementBytes;
            }
        }
        System.arraycopy(src, from, dst, dstOff + from, n - from);
    }

    /** The same with bits. Elements that are no multiple of eight stand as they are. */
    static void restoreBits(byte[] src, int elementBytes, int n, byte[] dst, int dstOff) {
        int elements = n / elementBytes;
        if (elements % 8 != 0) {
            System.arraycopy(src, 0, dst, dstOff, n);
            return;
        }
        int row = elements / 8;
        for (int b = 0; b < elementBytes; b++) {
            for (int group = 0; group < row; group++) {
                long bits = 0;
                for (int bit = 0; bit < 8; bit++) {
                    bits |= (src[(8 * b + bit) * row + group] & 0xffL) << 8 * bit;
                }
                bits = transposed(bits);
                for (int i = 0; i < 8; i++) {
                    dst[dstOff + (8 * group + i) * elementBytes + b] = (byte) (bits >>> 8 * i);
                }
            }
        }
        int whole = elements * elementBytes;
        System.arraycopy(src, whole, dst, dstOff + whole, n - whole);
    }

    /** The 8 x 8 bits of a word with rows and columns exchanged. */
    private static long transposed(long bits) {
        long swap = (bits ^ bits >>> 7) & 0x00aa00aa00aa00aaL;
        long x = bits ^ swap ^ swap << 7;
        swap = (x ^ x >>> 14) & 0x0000cccc0000ccccL;
        x = x ^ swap ^ swap << 14;
        swap = (x ^ x >>> 28) & 0x00000000f0f0f0f0L;
        return x ^ swap ^ swap << 28;
    }
}
