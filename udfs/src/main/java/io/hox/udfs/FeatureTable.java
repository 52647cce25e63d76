package io.hox.udfs;

import io.hox.HoxException;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.BitSet;

/**
 * A few numbers for each feature, all zero at first, in one growing array; its size is bounded by the highest feature
 * index, whatever the number of cells.
 */
final class FeatureTable implements Serializable {
    /** Ten times the longest feature axis known; what lies beyond is no feature index. */
    static final int MAX_FEATURES = 1 << 24;

    private static final long serialVersionUID = 1L;
    private static final int INITIAL_FEATURES = 1 << 10;

    private final int width;
    private double[] numbers = {};
    private int features;

    /** @param width numbers of a feature */
    FeatureTable(int width) {
        this.width = width;
    }

    /** One more than the highest feature index made known to {@link #include}. */
    int features() {
        return features;
    }

    /** The numbers of feature {@code i} begin at {@code i * width}; valid until a feature is included. */
    double[] numbers() {
        return numbers;
    }

    /** Makes room for a feature. @throws HoxException when it can't be one */
    double[] include(int feature, String function) {
        if (feature < 0 || feature >= MAX_FEATURES) {
            throw new HoxException(function + ": " + feature + " is no feature index (0 to " + (MAX_FEATURES - 1)
                    + "); the first argument must be the indices of a pointer column");
        }
        int capacity = numbers.length / width;
        if (feature >= capacity) {
            int wanted = Math.max(INITIAL_FEATURES, Math.max(feature + 1, capacity + capacity / 2));
            numbers = Arrays.copyOf(numbers, width * Math.min(wanted, MAX_FEATURES));
        }
        features = Math.max(features, feature + 1);
        return numbers;
    }

    /** The heap taken, in bytes. */
    long bytes() {
        return (long) numbers.length * Double.BYTES;
    }

    /** The number of features, which of them have numbers other than zero, and those numbers. */
    byte[] toBytes() {
        BitSet used = new BitSet(features);
        for (int i = 0; i < features * width; i++) {
            if (Double.doubleToRawLongBits(numbers[i]) != 0) {
                used.set(i / width);
            }
        }
        byte[] bits = used.toByteArray();
        int size = 2 * Integer.BYTES + bits.length + used.cardinality() * width * Double.BYTES;
        ByteBuffer out = ByteBuffer.allocate(size);
        out.putInt(features).putInt(bits.length).put(bits);
        for (int feature = used.nextSetBit(0); feature >= 0; feature = used.nextSetBit(feature + 1)) {
            for (int i = feature * width; i < (feature + 1) * width; i++) {
                out.putDouble(numbers[i]);
            }
        }
        return out.array();
    }

    /** The table of which {@link #toBytes} made what comes next in the buffer. */
    static FeatureTable fromBytes(ByteBuffer in, int width) {
        FeatureTable table = new FeatureTable(width);
        table.features = in.getInt();
        byte[] bits = new byte[in.getInt()];
        in.get(bits);
        table.numbers = new double[table.features * width];
        BitSet used = BitSet.valueOf(bits);
        for (int feature = used.nextSetBit(0); feature >= 0; feature = used.nextSetBit(feature + 1)) {
            for (int i = feature * width; i < (feature + 1) * width; i++) {
                table.numbers[i] = in.getDouble();
            }
        }
        return table;
    }
}
