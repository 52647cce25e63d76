package io.hox.stored.hdf5;

import io.jhdf.object.datatype.StringData;
import io.jhdf.object.datatype.StringData.PaddingType;
import java.nio.charset.StandardCharsets;

/**
 * Texts of a fixed number of bytes each. They are read as UTF-8, whatever they are marked as: 10x and h5py mark bytes of
 * UTF-8 as ASCII.
 */
final class FixedText {
    private FixedText() {}

    static String[] decode(StringData type, byte[] bytes, int n) {
        int width = type.getSize();
        String[] texts = new String[n];
        for (int i = 0; i < n; i++) {
            int length = length(type.getPaddingType(), bytes, i * width, width);
            texts[i] = new String(bytes, i * width, length, StandardCharsets.UTF_8);
        }
        return texts;
    }

    private static int length(PaddingType padding, byte[] bytes, int from, int width) {
        if (padding == PaddingType.NULL_TERMINATED) {
            int length = 0;
            while (length < width && bytes[from + length] != 0) {
                length++;
            }
            return length;
        }
        byte pad = (byte) (padding == PaddingType.SPACE_PADDED ? ' ' : 0);
        int length = width;
        while (length > 0 && bytes[from + length - 1] == pad) {
            length--;
        }
        return length;
    }
}
