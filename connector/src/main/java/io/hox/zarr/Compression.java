package io.hox.zarr;

import io.hox.codec.Transform;

/** How the inner chunks of a new array are compressed. */
public sealed interface Compression {

    /** As the reference does: level 0, the library's default, without checksum. */
    static Compression zstd() {
        return new Zstd(0);
    }

    /** @param level 0 for the library's default, else 1 to 22 */
    static Compression zstd(int level) {
        return new Zstd(level);
    }

    /**
     * Bit packing of the chunk's bytes seen as unsigned integers.
     *
     * @param elementSize 4 or 8 bytes
     */
    static Compression bitpacked(Transform transform, int elementSize) {
        return new BitPacked(transform, elementSize);
    }

    static Compression none() {
        return new None();
    }

    /** zstd frames. */
    record Zstd(int level) implements Compression {
        public Zstd {
            if (level < 0 || level > 22) {
                throw new IllegalArgumentException("zstd level " + level + " is not between 0 and 22");
            }
        }
    }

    /** BP-128. */
    record BitPacked(Transform transform, int elementSize) implements Compression {
        public BitPacked {
            if (elementSize != 4 && elementSize != 8) {
                throw new IllegalArgumentException("element size " + elementSize + " is neither 4 nor 8");
            }
        }
    }

    /** Bare bytes. */
    record None() implements Compression {}
}
