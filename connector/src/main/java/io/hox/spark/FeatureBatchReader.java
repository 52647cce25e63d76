package io.hox.spark;

import io.hox.HoxException;
import io.hox.atlas.AtlasView;
import io.hox.atlas.FeatureColumn;
import io.hox.atlas.Registry;
import io.hox.matrix.FeatureAxis;
import java.util.Iterator;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import org.apache.spark.unsafe.types.UTF8String;

/** Lists the features of some datasets, in the order of their matrix columns. */
final class FeatureBatchReader implements PartitionReader<ColumnarBatch> {
    private final FeatureReadPlan plan;
    private final ShardReader shared;
    private final Iterator<FeatureSplit.Measured> datasets;
    private FeatureSplit.Measured dataset;
    private Registry registry;
    private int[] layout = new int[0];
    private int nextLocal;
    private ColumnarBatch current;

    FeatureBatchReader(FeatureReadPlan plan, FeatureSplit split, ShardReader shared) {
        this.plan = plan;
        this.shared = shared;
        this.datasets = split.datasets().iterator();
    }

    @Override
    public boolean next() {
        while (true) {
            if (nextLocal < layout.length) {
                current = batch();
                if (current.numRows() > 0) {
                    return true;
                }
            } else if (datasets.hasNext()) {
                dataset = datasets.next();
                AtlasView view = shared.view();
                registry = view.registry(dataset.featureSpace());
                layout = view.remap(dataset.layoutUid());
                nextLocal = 0;
            } else {
                return false;
            }
        }
    }

    @Override
    public ColumnarBatch get() {
        return current;
    }

    @Override
    public void close() {
        shared.close();
    }

    private ColumnarBatch batch() {
        int size = Math.min(plan.limits().batchRows(), layout.length - nextLocal);
        FeatureAxis axis = plan.axes().get(dataset.featureSpace());
        int[] locals = new int[size];
        int[] rows = new int[size];
        int n = 0;
        for (; n < size && nextLocal < layout.length; nextLocal++) {
            if (axis == null || axis.contains(layout[nextLocal])) {
                locals[n] = nextLocal;
                rows[n++] = row(layout[nextLocal]);
            }
        }
        StructField[] fields = plan.columns().fields();
        ColumnVector[] columns = new ColumnVector[fields.length];
        for (int i = 0; i < fields.length; i++) {
            columns[i] = column(fields[i].name(), fields[i].dataType(), locals, rows);
        }
        return new ColumnarBatch(columns, n);
    }

    private int row(int global) {
        int row = registry.rowOf(global);
        if (row < 0) {
            throw new HoxException("layout " + dataset.layoutUid() + " has the feature with global index " + global
                    + ", which registry " + registry.table().name() + " lacks: run `hox validate`");
        }
        return row;
    }

    private ColumnVector column(String name, DataType type, int[] locals, int[] rows) {
        return switch (name) {
            case FeatureColumns.UID -> new Uids(registry, rows);
            case FeatureColumns.GLOBAL_INDEX -> new Numbers(row -> registry.globalIndex(rows[row]));
            case FeatureColumns.LOCAL_INDEX -> new Numbers(row -> locals[row]);
            default -> {
                String constant = dataset.value(name);
                yield constant == null
                        ? new OfRegistry(type, registry.column(name), rows)
                        : new Constant(UTF8String.fromString(constant));
            }
        };
    }

    private abstract static class WithoutNulls extends ReadOnlyColumn {
        WithoutNulls(DataType type) {
            super(type);
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
    }

    private static final class Uids extends WithoutNulls {
        private final Registry registry;
        private final int[] rows;

        Uids(Registry registry, int[] rows) {
            super(DataTypes.StringType);
            this.registry = registry;
            this.rows = rows;
        }

        @Override
        public UTF8String getUTF8String(int row) {
            return UTF8String.fromString(registry.uid(rows[row]));
        }
    }

    private static final class Numbers extends WithoutNulls {
        private final java.util.function.IntToLongFunction values;

        Numbers(java.util.function.IntToLongFunction values) {
            super(DataTypes.LongType);
            this.values = values;
        }

        @Override
        public long getLong(int row) {
            return values.applyAsLong(row);
        }
    }

    private static final class Constant extends WithoutNulls {
        private final UTF8String value;

        Constant(UTF8String value) {
            super(DataTypes.StringType);
            this.value = value;
        }

        @Override
        public UTF8String getUTF8String(int row) {
            return value;
        }
    }

    /** A registry's own column; all null where this registry, of several in a read, lacks it. */
    private static final class OfRegistry extends ReadOnlyColumn {
        private final FeatureColumn column;
        private final int[] rows;

        OfRegistry(DataType type, FeatureColumn column, int[] rows) {
            super(type);
            this.column = column;
            this.rows = rows;
        }

        @Override
        public boolean hasNull() {
            return true;
        }

        @Override
        public int numNulls() {
            int nulls = 0;
            for (int row = 0; row < rows.length; row++) {
                nulls += isNullAt(row) ? 1 : 0;
            }
            return nulls;
        }

        @Override
        public boolean isNullAt(int row) {
            return column == null || column.isNull(rows[row]);
        }

        @Override
        public boolean getBoolean(int row) {
            return !isNullAt(row) && (Boolean) column.value(rows[row]);
        }

        @Override
        public long getLong(int row) {
            return isNullAt(row) ? 0 : (Long) column.value(rows[row]);
        }

        @Override
        public double getDouble(int row) {
            return isNullAt(row) ? 0 : (Double) column.value(rows[row]);
        }

        @Override
        public UTF8String getUTF8String(int row) {
            return isNullAt(row) ? null : UTF8String.fromString((String) column.value(rows[row]));
        }
    }
}
