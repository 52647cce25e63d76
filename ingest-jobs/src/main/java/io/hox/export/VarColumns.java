package io.hox.export;

import io.hox.atlas.FeatureColumn;
import io.hox.source.Column;
import io.hox.zarr.DataType;
import io.hox.zarr.Values;

/** Columns of a registry as columns of var. */
final class VarColumns {
    private VarColumns() {}

    static Column globalIndex(int[] globals) {
        Values values = Values.allocate(DataType.INT64, globals.length);
        for (int i = 0; i < globals.length; i++) {
            values.longs()[i] = globals[i];
        }
        return Column.of("global_index", values);
    }

    /** The rows' values of a registry column. */
    static Column of(FeatureColumn column, int[] rows) {
        int n = rows.length;
        boolean[] missing = new boolean[n];
        boolean any = false;
        for (int i = 0; i < n; i++) {
            missing[i] = column.isNull(rows[i]);
            any |= missing[i];
        }
        if (column.type() == FeatureColumn.Type.TEXT) {
            String[] texts = new String[n];
            for (int i = 0; i < n; i++) {
                texts[i] = column.text(rows[i]);
            }
            return Column.strings(column.name(), texts);
        }
        Values values = Values.allocate(type(column), n);
        for (int i = 0; i < n; i++) {
            Object value = column.value(rows[i]);
            switch (column.type()) {
                case INTEGER -> values.longs()[i] = missing[i] ? 0 : (Long) value;
                case FLOAT -> values.doubles()[i] = missing[i] ? Double.NaN : (Double) value;
                default -> values.bytes()[i] = (byte) (!missing[i] && (Boolean) value ? 1 : 0);
            }
        }
        boolean masked = any && column.type() != FeatureColumn.Type.FLOAT;
        return Column.of(column.name(), values, masked ? missing : null);
    }

    private static DataType type(FeatureColumn column) {
        return switch (column.type()) {
            case INTEGER -> DataType.INT64;
            case FLOAT -> DataType.FLOAT64;
            default -> DataType.BOOL;
        };
    }
}
