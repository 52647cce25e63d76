package io.hox.codec;

/** The decoder of Blosc's own compressor, of the family of LZ77: runs of literals, and matches that look back. */
final class BloscLz {
    /** Distances that two bytes hold; longer ones take two more. */
    private static final int NEAR = 8191;

    private static final int LONGEST_SHORT_MATCH = 6;
    private static final int SHORTEST_MATCH = 3;

    private BloscLz() {}

    /**
     * Decodes {@code len} bytes from {@code off}.
     *
     * @return the number of bytes written, at most {@code limit}
     * @throws IndexOutOfBoundsException for a stream that is not valid or longer than {@code limit}
     */
    static int decode(byte[] src, int off, int len, byte[] dst, int dstOff, int limit) {
        int at = off;
        int end = off + len;
        int out = dstOff;
        int outEnd = dstOff + limit;
        // The upper bits of the first byte name the version of the format.
        int control = next(src, at++, end) & 31;
        while (true) {
            if (control < 32) {
                int literals = control + 1;
                check(at + literals <= end && out + literals <= outEnd);
                System.arraycopy(src, at, dst, out, literals);
                at += literals;
                out += literals;
            } else {
                int length = (control >>> 5) - 1;
                if (length == LONGEST_SHORT_MATCH) {
                    int more;
                    do {
                        more = next(src, at++, end);
                        length += more;
                        check(length <= limit);
                    } while (more == 255);
                }
                length += SHORTEST_MATCH;
                int far = (control & 31) << 8;
                int low = next(src, at++, end);
                int distance = far + low;
                if (distance == NEAR) {
                    distance += next(src, at, end) << 8 | next(src, at + 1, end);
                    at += 2;
                }
                int back = out - distance - 1;
                check(back >= dstOff && out + length <= outEnd);
                // Byte by byte: the copied piece may overlap what it produces.
                for (int i = 0; i < length; i++) {
                    dst[out++] = dst[back++];
                }
            }
            if (at >= end) {
                return out - dstOff;
            }
            control = src[at++] & 0xff;
        }
    }

    private static int next(byte[] src, int at, int end) {
        check(at < end);
        return src[at] & 0xff;
    }

    private static void check(boolean valid) {
        if (!valid) {
            throw new IndexOutOfBoundsException("it points outside");
        }
    }
}
