package io.hox.source;

import io.hox.zarr.DataType;
import io.hox.zarr.Values;

/** Numbers as text, with unsigned types unsigned. */
final class Texts {
    private Texts() {}

    static String[] of(Values values, boolean[] missing) {
        String[] texts = new String[values.length()];
        for (int i = 0; i < texts.length; i++) {
            texts[i] = missing != null && missing[i] ? null : at(values, i);
        }
        return texts;
    }

    static String at(Values values, int i) {
        DataType type = values.type();
        return switch (type) {
            case BOOL -> values.bytes()[i] == 0 ? "False" : "True";
            case INT8 -> Integer.toString(values.bytes()[i]);
            case UINT8 -> Integer.toString(values.bytes()[i] & 0xff);
            case INT16 -> Integer.toString(values.shorts()[i]);
            case UINT16 -> Integer.toString(values.shorts()[i] & 0xffff);
            case INT32 -> Integer.toString(values.ints()[i]);
            case UINT32 -> Integer.toUnsignedString(values.ints()[i]);
            case INT64 -> Long.toString(values.longs()[i]);
            case UINT64 -> Long.toUnsignedString(values.longs()[i]);
            case FLOAT32 -> Float.toString(values.floats()[i]);
            case FLOAT64 -> Double.toString(values.doubles()[i]);
        };
    }
}
