package io.hox.codec;

/**
 * Transforms the elements of an array piece by piece and packs them, block by block, into a stream. A piece of
 * transformed words stays in the processor's first-level cache; the transforms are plain loops over arrays, which the
 * compiler turns into vector instructions.
 */
final class BlockEncoder {
    private static final int PIECE = 16 * BitPacking.BLOCK;

    private final int[] words = new int[PIECE];
    private final int[] previous = new int[PIECE];
    private final byte[] out;
    private int at;

    private BlockEncoder(byte[] out, int at) {
        this.out = out;
        this.at = at;
    }

    /**
     * Encodes {@code count} elements of 32 bits behind the stream's header.
     *
     * @param out has room for the worst case from {@code at} on
     * @return where the stream ends
     */
    static int words(int[] src, int off, int count, Transform transform, byte[] out, int at) {
        BlockEncoder encoder = new BlockEncoder(out, at);
        int before = 0;
        for (int start = 0; start < count; start += PIECE) {
            int from = off + start;
            int n = Math.min(PIECE, count - start);
            switch (transform) {
                case NONE -> System.arraycopy(src, from, encoder.words, 0, n);
                case DELTA -> encoder.differences(src, from, n, before);
                case DELTA_ZIGZAG -> {
                    encoder.differences(src, from, n, before);
                    encoder.fold(n);
                }
            }
            before = src[from + n - 1];
            encoder.pack(n);
        }
        return encoder.at;
    }

    /** The same for elements of 64 bits: first the series of all low words, then that of the high words. */
    static int doubleWords(long[] src, int off, int count, Transform transform, byte[] out, int at) {
        BlockEncoder encoder = new BlockEncoder(out, at);
        for (int shift = 0; shift < Long.SIZE; shift += Integer.SIZE) {
            long before = 0;
            for (int start = 0; start < count; start += PIECE) {
                int from = off + start;
                int n = Math.min(PIECE, count - start);
                switch (transform) {
                    case NONE -> encoder.halves(src, from, n, shift);
                    case DELTA -> encoder.differences(src, from, n, before, shift);
                    case DELTA_ZIGZAG -> encoder.foldedDifferences(src, from, n, before, shift);
                }
                before = src[from + n - 1];
                encoder.pack(n);
            }
        }
        return encoder.at;
    }

    /** Two copies and a loop without offsets between its arrays: with such an offset it would not become vectors. */
    private void differences(int[] src, int from, int n, int before) {
        int[] to = words;
        int[] behind = previous;
        System.arraycopy(src, from, to, 0, n);
        behind[0] = before;
        System.arraycopy(src, from, behind, 1, n - 1);
        for (int i = 0; i < n; i++) {
            to[i] -= behind[i];
        }
    }

    /** Folds signs: in a loop of its own, or neither would become vectors. */
    private void fold(int n) {
        int[] to = words;
        for (int i = 0; i < n; i++) {
            to[i] = to[i] << 1 ^ to[i] >> 31;
        }
    }

    private void halves(long[] src, int from, int n, int shift) {
        for (int i = 0; i < n; i++) {
            words[i] = (int) (src[from + i] >>> shift);
        }
    }

    private void differences(long[] src, int from, int n, long before, int shift) {
        long last = before;
        for (int i = 0; i < n; i++) {
            long value = src[from + i];
            words[i] = (int) (value - last >>> shift);
            last = value;
        }
    }

    private void foldedDifferences(long[] src, int from, int n, long before, int shift) {
        long last = before;
        for (int i = 0; i < n; i++) {
            long value = src[from + i];
            long d = value - last;
            words[i] = (int) ((d << 1 ^ d >> 63) >>> shift);
            last = value;
        }
    }

    /** Appends the blocks of the first {@code n} words; the last block is filled up with zeros. */
    private void pack(int n) {
        int end = BitPacking.blocks(n) * BitPacking.BLOCK;
        for (int i = n; i < end; i++) {
            words[i] = 0;
        }
        for (int from = 0; from < end; from += BitPacking.BLOCK) {
            long address = Memory.INTS + (long) from * Integer.BYTES;
            int width = PackKernels.width(words, address);
            out[at] = (byte) width;
            PackKernels.pack(width, words, address, out, Memory.BYTES + at + 1);
            at += 1 + BitPacking.WIDTH_BYTES * width;
        }
    }
}
