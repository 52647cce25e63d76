package io.hox.stored.hdf5;

/** The decoder of LibLZF's stream, h5py's fast compression. */
final class Lzf {
    private Lzf() {}

    /**
     * Decodes {@code length} bytes of {@code source}.
     *
     * @return the number of bytes written to {@code into}
     * @throws IndexOutOfBoundsException for a stream that is not valid or longer than {@code limit}
     */
    static int decode(byte[] source, int length, byte[] into, int limit) {
        int from = 0;
        int at = 0;
        while (from < length) {
            int control = source[from++] & 0xff;
            if (control < 32) {
                int literal = control + 1;
                check(from + literal <= length && at + literal <= limit);
                System.arraycopy(source, from, into, at, literal);
                from += literal;
                at += literal;
                continue;
            }
            int run = control >>> 5;
            if (run == 7) {
                run += source[from++] & 0xff;
            }
            int back = at - ((control & 0x1f) << 8) - 1 - (source[from++] & 0xff);
            run += 2;
            check(back >= 0 && at + run <= limit);
            // Byte by byte: the copied piece may overlap what it produces.
            for (int i = 0; i < run; i++) {
                into[at++] = into[back++];
            }
        }
        return at;
    }

    private static void check(boolean valid) {
        if (!valid) {
            throw new IndexOutOfBoundsException();
        }
    }
}
