package io.hox.spark;

import java.util.Map;
import org.apache.spark.sql.connector.catalog.Table;
import org.apache.spark.sql.connector.catalog.TableProvider;
import org.apache.spark.sql.connector.expressions.Transform;
import org.apache.spark.sql.sources.DataSourceRegister;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/**
 * {@code spark.read.format("hox").load(path)}: the cells of an atlas, or with {@code axis=features} its features.
 *
 * <p>The snapshot is pinned when the table is loaded; a query planned before somebody else's commit reads the old state to
 * its end.
 */
public final class HoxDataSource implements TableProvider, DataSourceRegister {
    private static final String CELLS = "cells";
    private static final String FEATURES = "features";

    private Map<String, String> loadedWith;
    private HoxTable loaded;

    @Override
    public String shortName() {
        return "hox";
    }

    @Override
    public StructType inferSchema(CaseInsensitiveStringMap options) {
        return load(options).structType();
    }

    @Override
    public Table getTable(StructType schema, Transform[] partitioning, Map<String, String> properties) {
        return load(new CaseInsensitiveStringMap(properties));
    }

    // Spark asks for the schema and then for the table: both must be of the same snapshot.
    private synchronized HoxTable load(CaseInsensitiveStringMap given) {
        Map<String, String> key = given.asCaseSensitiveMap();
        if (loaded == null || !key.equals(loadedWith)) {
            HoxOptions options = HoxOptions.of(given);
            String axis = options.choice(HoxOptions.AXIS, CELLS, FEATURES);
            AtlasRead read = AtlasRead.resolve(options);
            loaded = axis.equals(CELLS) ? CellsTable.load(read, options) : FeaturesTable.load(read, options);
            loadedWith = key;
        }
        return loaded;
    }
}
