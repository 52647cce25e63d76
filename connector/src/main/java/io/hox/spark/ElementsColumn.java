package io.hox.spark;

import io.hox.zarr.Values;
import java.util.Arrays;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.vectorized.ColumnVector;

/** The elements that array columns point into: a primitive array as a column without nulls. */
abstract class ElementsColumn extends ReadOnlyColumn {

    private ElementsColumn(org.apache.spark.sql.types.DataType type) {
        super(type);
    }

    /** @param values of a signed type or bool */
    static ColumnVector of(Values values) {
        return switch (values.type()) {
            case BOOL -> new Booleans(values.bytes());
            case INT8 -> new Bytes(values.bytes());
            case INT16 -> new Shorts(values.shorts());
            case INT32 -> new Ints(values.ints());
            case INT64 -> new Longs(values.longs());
            case FLOAT32 -> new Floats(values.floats());
            case FLOAT64 -> new Doubles(values.doubles());
            default -> throw new IllegalStateException("no column holds " + values.type());
        };
    }

    @Override
    public final boolean hasNull() {
        return false;
    }

    @Override
    public final int numNulls() {
        return 0;
    }

    @Override
    public final boolean isNullAt(int row) {
        return false;
    }

    private static final class Booleans extends ElementsColumn {
        private final byte[] values;

        Booleans(byte[] values) {
            super(DataTypes.BooleanType);
            this.values = values;
        }

        @Override
        public boolean getBoolean(int i) {
            return values[i] != 0;
        }
    }

    private static final class Bytes extends ElementsColumn {
        private final byte[] values;

        Bytes(byte[] values) {
            super(DataTypes.ByteType);
            this.values = values;
        }

        @Override
        public byte getByte(int i) {
            return values[i];
        }

        @Override
        public byte[] getBytes(int from, int count) {
            return Arrays.copyOfRange(values, from, from + count);
        }
    }

    private static final class Shorts extends ElementsColumn {
        private final short[] values;

        Shorts(short[] values) {
            super(DataTypes.ShortType);
            this.values = values;
        }

        @Override
        public short getShort(int i) {
            return values[i];
        }

        @Override
        public short[] getShorts(int from, int count) {
            return Arrays.copyOfRange(values, from, from + count);
        }
    }

    private static final class Ints extends ElementsColumn {
        private final int[] values;

        Ints(int[] values) {
            super(DataTypes.IntegerType);
            this.values = values;
        }

        @Override
        public int getInt(int i) {
            return values[i];
        }

        @Override
        public int[] getInts(int from, int count) {
            return Arrays.copyOfRange(values, from, from + count);
        }
    }

    private static final class Longs extends ElementsColumn {
        private final long[] values;

        Longs(long[] values) {
            super(DataTypes.LongType);
            this.values = values;
        }

        @Override
        public long getLong(int i) {
            return values[i];
        }

        @Override
        public long[] getLongs(int from, int count) {
            return Arrays.copyOfRange(values, from, from + count);
        }
    }

    private static final class Floats extends ElementsColumn {
        private final float[] values;

        Floats(float[] values) {
            super(DataTypes.FloatType);
            this.values = values;
        }

        @Override
        public float getFloat(int i) {
            return values[i];
        }

        @Override
        public float[] getFloats(int from, int count) {
            return Arrays.copyOfRange(values, from, from + count);
        }
    }

    private static final class Doubles extends ElementsColumn {
        private final double[] values;

        Doubles(double[] values) {
            super(DataTypes.DoubleType);
            this.values = values;
        }

        @Override
        public double getDouble(int i) {
            return values[i];
        }

        @Override
        public double[] getDoubles(int from, int count) {
            return Arrays.copyOfRange(values, from, from + count);
        }
    }
}
