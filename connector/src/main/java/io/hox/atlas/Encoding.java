package io.hox.atlas;

import io.hox.HoxException;
import io.hox.codec.Transform;
import io.hox.zarr.Compression;
import io.hox.zarr.DataType;

/** How the chunks of an array are compressed when hox writes it; a reader takes any. */
public enum Encoding {
    /** Zstandard, for floats and small arrays. */
    ZSTD("zstd", null),
    /** Bit packing, for counts. */
    PACKED("bitpacked", Transform.NONE),
    /** Bit packing of differences, for ascending numbers. */
    PACKED_DELTA("bitpacked_delta", Transform.DELTA),
    /** Bit packing of signed differences, for numbers that mostly ascend: indices row after row. */
    PACKED_ZIGZAG("bitpacked_delta_zigzag", Transform.DELTA_ZIGZAG);

    /** Level 0 stands for the library's default and is what homeobox writes. */
    private static final int ZSTD_LEVEL = 0;

    private final String configName;
    private final Transform transform;

    Encoding(String configName, Transform transform) {
        this.configName = configName;
        this.transform = transform;
    }

    /** The name in descriptions of feature spaces. */
    public String configName() {
        return configName;
    }

    /** The compression for values of a type; packing takes 64-bit values as such and everything else as 32-bit words. */
    public Compression compression(DataType type) {
        return transform == null
                ? Compression.zstd(ZSTD_LEVEL)
                : Compression.bitpacked(transform, type.bytes() == Long.BYTES ? Long.BYTES : Integer.BYTES);
    }

    static Encoding of(String configName, String where) {
        StringBuilder known = new StringBuilder();
        for (Encoding encoding : values()) {
            if (encoding.configName.equals(configName)) {
                return encoding;
            }
            known.append(known.isEmpty() ? "" : ", ").append(encoding.configName);
        }
        throw new HoxException(where + ": unknown encoding '" + configName + "'; known are " + known);
    }
}
