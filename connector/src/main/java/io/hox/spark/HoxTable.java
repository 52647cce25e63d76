package io.hox.spark;

import java.util.Set;
import org.apache.spark.sql.connector.catalog.Column;
import org.apache.spark.sql.connector.catalog.SupportsRead;
import org.apache.spark.sql.connector.catalog.Table;
import org.apache.spark.sql.connector.catalog.TableCapability;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** A table of a pinned snapshot: it can be read in batches, and nothing else. */
interface HoxTable extends Table, SupportsRead {

    StructType structType();

    /** Deprecated in favour of {@link #columns}, but Spark 3.5 still leaves it without a default. */
    @Override
    @SuppressWarnings("deprecation")
    default StructType schema() {
        return structType();
    }

    @Override
    default Column[] columns() {
        StructField[] fields = structType().fields();
        Column[] columns = new Column[fields.length];
        for (int i = 0; i < fields.length; i++) {
            columns[i] = Column.create(fields[i].name(), fields[i].dataType(), fields[i].nullable());
        }
        return columns;
    }

    @Override
    default Set<TableCapability> capabilities() {
        return Set.of(TableCapability.BATCH_READ);
    }
}
