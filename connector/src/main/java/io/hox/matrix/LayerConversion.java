package io.hox.matrix;

import io.hox.HoxException;
import io.hox.zarr.DataType;
import io.hox.zarr.Numbers;
import io.hox.zarr.Values;

/**
 * Turns the values of a source matrix into the type of a layer. An integer layer takes whole numbers of its range only:
 * a fraction, a negative count or an overflow is refused with its place, never rounded or wrapped. A float layer takes
 * any number, rounded to its precision.
 */
public final class LayerConversion {
    /** Says which cell and feature an entry of the current block belongs to. */
    @FunctionalInterface
    public interface Place {
        String of(int entry);
    }

    private final String source;
    private final String layer;
    private final DataType target;
    private final String elsewhere;

    /**
     * A conversion into one layer.
     *
     * @param source names the file and matrix in messages
     * @param elsewhere how values can be given another layer, for messages
     */
    public LayerConversion(String source, String layer, DataType target, String elsewhere) {
        this.source = source;
        this.layer = layer;
        this.target = target;
        this.elsewhere = elsewhere;
    }

    /** Converts one block; the result may be the input itself or share its memory. */
    public Values convert(Values values, Place place) {
        if (values.type() == target) {
            return values;
        }
        if (target.isFloat()) {
            return toFloats(values);
        }
        if (target.bytes() == Integer.BYTES) {
            Values small = SmallNumbers.convert(values, target);
            if (small != null) {
                return small;
            }
        }
        // Large numbers, and those that must be refused with their place.
        long[] whole = toLongs(values, place);
        return narrow(whole, place);
    }

    private Values toFloats(Values values) {
        int n = values.length();
        Values result = Values.allocate(target, n);
        if (target == DataType.FLOAT32) {
            float[] out = result.floats();
            switch (values.type()) {
                case FLOAT64 -> {
                    double[] in = values.doubles();
                    for (int i = 0; i < n; i++) {
                        out[i] = (float) in[i];
                    }
                }
                case INT32 -> {
                    int[] in = values.ints();
                    for (int i = 0; i < n; i++) {
                        out[i] = in[i];
                    }
                }
                default -> {
                    for (int i = 0; i < n; i++) {
                        out[i] = (float) Numbers.doubleAt(values, i);
                    }
                }
            }
        } else {
            double[] out = result.doubles();
            for (int i = 0; i < n; i++) {
                out[i] = Numbers.doubleAt(values, i);
            }
        }
        return result;
    }

    private long[] toLongs(Values values, Place place) {
        int n = values.length();
        long[] out = new long[n];
        switch (values.type()) {
            case FLOAT32 -> {
                float[] in = values.floats();
                for (int i = 0; i < n; i++) {
                    out[i] = (long) in[i];
                    if (out[i] != in[i] || out[i] == Long.MAX_VALUE) {
                        throw notWhole(in[i], i, place);
                    }
                }
            }
            case FLOAT64 -> {
                double[] in = values.doubles();
                for (int i = 0; i < n; i++) {
                    out[i] = (long) in[i];
                    if (out[i] != in[i] || out[i] == Long.MAX_VALUE) {
                        throw notWhole(in[i], i, place);
                    }
                }
            }
            case UINT64 -> {
                long[] in = values.longs();
                for (int i = 0; i < n; i++) {
                    if (in[i] < 0) {
                        throw outOfRange(Long.toUnsignedString(in[i]), i, place);
                    }
                    out[i] = in[i];
                }
            }
            case INT32 -> {
                int[] in = values.ints();
                for (int i = 0; i < n; i++) {
                    out[i] = in[i];
                }
            }
            default -> {
                for (int i = 0; i < n; i++) {
                    out[i] = Numbers.longAt(values, i);
                }
            }
        }
        return out;
    }

    private Values narrow(long[] whole, Place place) {
        long min = minimum();
        long max = maximum();
        int n = whole.length;
        for (int i = 0; i < n; i++) {
            if (whole[i] < min || whole[i] > max) {
                throw outOfRange(Long.toString(whole[i]), i, place);
            }
        }
        if (target.bytes() == Long.BYTES) {
            return Values.of(target, whole);
        }
        Values result = Values.allocate(target, n);
        switch (target.bytes()) {
            case Integer.BYTES -> {
                int[] out = result.ints();
                for (int i = 0; i < n; i++) {
                    out[i] = (int) whole[i];
                }
            }
            case Short.BYTES -> {
                short[] out = result.shorts();
                for (int i = 0; i < n; i++) {
                    out[i] = (short) whole[i];
                }
            }
            default -> {
                byte[] out = result.bytes();
                for (int i = 0; i < n; i++) {
                    out[i] = (byte) whole[i];
                }
            }
        }
        return result;
    }

    private long minimum() {
        return target.isUnsigned() || target == DataType.BOOL ? 0 : -1L << (8 * target.bytes() - 1);
    }

    private long maximum() {
        if (target == DataType.BOOL) {
            return 1;
        }
        int bits = 8 * target.bytes() - (target.isUnsigned() ? 0 : 1);
        return bits >= 63 ? Long.MAX_VALUE : (1L << bits) - 1;
    }

    private HoxException notWhole(double value, int entry, Place place) {
        return new HoxException(source + " holds " + value + " at " + place.of(entry)
                + ", which is not a whole number of"
                + " the range of layer " + layer + " (" + target.zarrName() + "). If these are normalised values, give"
                + " them another layer: " + elsewhere);
    }

    private HoxException outOfRange(String value, int entry, Place place) {
        return new HoxException(source + " holds " + value + " at " + place.of(entry) + ", outside the range of layer "
                + layer + " (" + target.zarrName() + ", " + minimum() + " to " + Long.toUnsignedString(maximum())
                + "). Correct them, or give these values another layer: " + elsewhere);
    }
}
