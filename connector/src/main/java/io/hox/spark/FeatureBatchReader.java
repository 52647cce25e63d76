package io.hox.spark;

import io.hox.HoxException;
import io.hox.atlas.AtlasView;
import io.hox.atlas.FeatureColumn;
import io.hox.atlas.Registry;
import io.hox.matrix.ColumnBlock;
import io.hox.matrix.LayerColumn;
import io.hox.store.RequestCounter;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.connector.metric.CustomTaskMetric;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import org.apache.spark.unsafe.types.UTF8String;

/** Reads the features of some groups, in the order of their matrix columns. */
final class FeatureBatchReader implements PartitionReader<ColumnarBatch> {
    private final FeatureReadPlan plan;
    private final ShardReader shared;
    private final RequestCounter counter = new RequestCounter();
    private final Iterator<FeatureSplit.Part> parts;
    private FeatureSplit.Part part;
    private Registry registry;
    private int[] layout;
    private int[] wanted = new int[0];
    private FeatureNumbers numbers;
    private int next;
    private long entries;
    private ColumnarBatch current;

    FeatureBatchReader(FeatureReadPlan plan, FeatureSplit split, ShardReader shared) {
        this.plan = plan;
        this.shared = shared;
        this.parts = split.parts().iterator();
    }

    @Override
    public boolean next() {
        current = null;
        while (next >= wanted.length) {
            if (!parts.hasNext()) {
                return false;
            }
            open(parts.next());
        }
        current = batch();
        return true;
    }

    @Override
    public ColumnarBatch get() {
        return current;
    }

    @Override
    public CustomTaskMetric[] currentMetricsValues() {
        return ScanMetrics.values(counter, 0, entries);
    }

    @Override
    public void close() {
        shared.close();
    }

    private void open(FeatureSplit.Part opened) {
        part = opened;
        AtlasView view = shared.view();
        String space = part.dataset().featureSpace();
        registry = view.registry(space);
        layout = view.remap(part.dataset().layoutUid());
        int[] all = plan.wanted(space, layout);
        wanted = Arrays.copyOfRange(all, part.from(), Math.min(part.to(), all.length));
        next = 0;
        FeatureSource source = plan.sources().get(space);
        numbers = plan.readsArrays() && source.paths() != null && wanted.length > 0
                ? FeatureNumbers.open(view, view.zarr().counting(counter), source, part, layout, wanted, plan.limits())
                : null;
    }

    private ColumnarBatch batch() {
        int from = next;
        int most = from + Math.min(plan.limits().batchRows(), wanted.length - from);
        int to = numbers == null ? most : Math.min(most, numbers.fit(from));
        next = to;
        int[] locals = Arrays.copyOfRange(wanted, from, to);
        int[] rows = new int[locals.length];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = row(layout[locals[i]]);
        }
        LazyColumns block = numbers == null ? null : new LazyColumns(() -> read(from, to));
        StructField[] fields = plan.columns().fields();
        ColumnVector[] columns = new ColumnVector[fields.length];
        for (int i = 0; i < fields.length; i++) {
            columns[i] = column(fields[i].name(), fields[i].dataType(), locals, rows, block);
        }
        return new ColumnarBatch(columns, rows.length);
    }

    private ColumnBlock read(int from, int to) {
        ColumnBlock block = numbers.read(from, to);
        entries += block.entries();
        return block;
    }

    private int row(int global) {
        int row = registry.rowOf(global);
        if (row < 0) {
            throw new HoxException("layout " + part.dataset().layoutUid() + " has the feature with global index "
                    + global + ", which registry " + registry.table().name() + " lacks: run `hox validate`");
        }
        return row;
    }

    private ColumnVector column(String name, DataType type, int[] locals, int[] rows, LazyColumns block) {
        return switch (name) {
            case FeatureColumns.UID -> new Uids(registry, rows);
            case FeatureColumns.GLOBAL_INDEX -> new Numbers(row -> registry.globalIndex(rows[row]));
            case FeatureColumns.LOCAL_INDEX -> new Numbers(row -> locals[row]);
            case FeatureColumns.MEASURED_CELLS -> new Numbers(row -> part.cells());
            case FeatureColumns.CELLS -> new FeatureArrays(type, rows.length, block, FeatureArrays.ROWS);
            default -> {
                String constant = part.dataset().value(name);
                if (constant != null) {
                    yield new Constant(UTF8String.fromString(constant));
                }
                yield type instanceof ArrayType
                        ? new FeatureArrays(type, rows.length, block, layer(name))
                        : new OfRegistry(type, registry.column(name), rows);
            }
        };
    }

    /** The number of a layer among those of the space; {@link FeatureArrays#ABSENT} where the space has none such. */
    private int layer(String name) {
        List<LayerColumn> layers =
                plan.sources().get(part.dataset().featureSpace()).layers();
        for (int i = 0; i < layers.size(); i++) {
            if (layers.get(i).name().equals(name)) {
                return i;
            }
        }
        return FeatureArrays.ABSENT;
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
