package io.hox.export;

import io.hox.source.Column;
import io.hox.zarr.DataType;
import io.hox.zarr.Values;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;

/** Collects one obs column of a result and makes the column of an h5ad file of it. */
abstract class ObsColumn {
    /** A text column becomes categorical when at most this share of its values is distinct, as anndata does on write. */
    private static final double CATEGORICAL_SHARE = 0.5;

    final String name;
    int rows;

    ObsColumn(String name) {
        this.name = name;
    }

    static ObsColumn of(StructField field) {
        org.apache.spark.sql.types.DataType type = field.dataType();
        if (type.equals(DataTypes.DoubleType)) {
            return new Real(field.name(), DataType.FLOAT64);
        }
        if (type.equals(DataTypes.FloatType)) {
            return new Real(field.name(), DataType.FLOAT32);
        }
        DataType whole = whole(type);
        return whole == null ? new Text(field.name()) : new Whole(field.name(), whole);
    }

    private static DataType whole(org.apache.spark.sql.types.DataType type) {
        if (type.equals(DataTypes.LongType)) {
            return DataType.INT64;
        }
        if (type.equals(DataTypes.IntegerType)) {
            return DataType.INT32;
        }
        if (type.equals(DataTypes.ShortType)) {
            return DataType.INT16;
        }
        if (type.equals(DataTypes.ByteType)) {
            return DataType.INT8;
        }
        return type.equals(DataTypes.BooleanType) ? DataType.BOOL : null;
    }

    abstract void add(Object value);

    abstract Column finish();

    /** Integers and booleans, with a mask where any is missing. */
    private static final class Whole extends ObsColumn {
        private final DataType type;
        private long[] values = new long[1024];
        private boolean[] missing = new boolean[1024];
        private boolean anyMissing;

        Whole(String name, DataType type) {
            super(name);
            this.type = type;
        }

        @Override
        void add(Object value) {
            if (rows == values.length) {
                values = Arrays.copyOf(values, rows * 2);
                missing = Arrays.copyOf(missing, rows * 2);
            }
            if (value == null) {
                missing[rows] = true;
                anyMissing = true;
            } else if (value instanceof Boolean flag) {
                values[rows] = flag ? 1 : 0;
            } else {
                values[rows] = ((Number) value).longValue();
            }
            rows++;
        }

        @Override
        Column finish() {
            Values column = Values.allocate(type, rows);
            for (int i = 0; i < rows; i++) {
                switch (type) {
                    case INT64 -> column.longs()[i] = values[i];
                    case INT32 -> column.ints()[i] = (int) values[i];
                    case INT16 -> column.shorts()[i] = (short) values[i];
                    default -> column.bytes()[i] = (byte) values[i];
                }
            }
            return Column.of(name, column, anyMissing ? Arrays.copyOf(missing, rows) : null);
        }
    }

    /** Floating point; missing values are NaN, as pandas has them. */
    private static final class Real extends ObsColumn {
        private final DataType type;
        private double[] values = new double[1024];

        Real(String name, DataType type) {
            super(name);
            this.type = type;
        }

        @Override
        void add(Object value) {
            if (rows == values.length) {
                values = Arrays.copyOf(values, rows * 2);
            }
            values[rows++] = value == null ? Double.NaN : ((Number) value).doubleValue();
        }

        @Override
        Column finish() {
            if (type == DataType.FLOAT64) {
                return Column.of(name, Values.of(type, Arrays.copyOf(values, rows)));
            }
            float[] floats = new float[rows];
            for (int i = 0; i < rows; i++) {
                floats[i] = (float) values[i];
            }
            return Column.of(name, Values.of(type, floats));
        }
    }

    /** Text, and everything else as text. Equal texts are held once. */
    private static final class Text extends ObsColumn {
        private final Map<String, Integer> codeOf = new LinkedHashMap<>();
        private int[] codes = new int[1024];

        Text(String name) {
            super(name);
        }

        @Override
        void add(Object value) {
            if (rows == codes.length) {
                codes = Arrays.copyOf(codes, rows * 2);
            }
            codes[rows++] = value == null ? -1 : codeOf.computeIfAbsent(value.toString(), text -> codeOf.size());
        }

        @Override
        Column finish() {
            String[] distinct = codeOf.keySet().toArray(String[]::new);
            if (distinct.length > CATEGORICAL_SHARE * rows) {
                String[] texts = new String[rows];
                for (int i = 0; i < rows; i++) {
                    texts[i] = codes[i] < 0 ? null : distinct[codes[i]];
                }
                return Column.strings(name, texts);
            }
            return sortedCategories(distinct);
        }

        /** Categories in alphabetical order, as pandas makes them of text. */
        private Column sortedCategories(String[] distinct) {
            List<String> sorted = new ArrayList<>(List.of(distinct));
            sorted.sort(null);
            int[] rank = new int[distinct.length];
            for (int i = 0; i < rank.length; i++) {
                rank[codeOf.get(sorted.get(i))] = i;
            }
            int[] ranked = new int[rows];
            for (int i = 0; i < rows; i++) {
                ranked[i] = codes[i] < 0 ? -1 : rank[codes[i]];
            }
            return Column.categorical(name, ranked, sorted.toArray(String[]::new), false);
        }
    }
}
