package io.hox.spark;

import io.hox.HoxException;
import java.util.Map;
import org.apache.spark.sql.connector.catalog.Table;
import org.apache.spark.sql.connector.catalog.TableProvider;
import org.apache.spark.sql.connector.expressions.Transform;
import org.apache.spark.sql.sources.DataSourceRegister;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/**
 * {@code spark.read.format("hox").load(path)}: the cells of an atlas, or with {@code axis=features} its features; and
 * {@code df.write.format("hox").mode("append").save(path)}: more cells for one.
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

    /** Has Spark hand over the schema of a DataFrame that is written, in place of asking for that of the atlas. */
    @Override
    public boolean supportsExternalMetadata() {
        return true;
    }

    /** A read asks {@link #inferSchema} first, a write does not. */
    @Override
    public synchronized Table getTable(StructType schema, Transform[] partitioning, Map<String, String> properties) {
        CaseInsensitiveStringMap given = new CaseInsensitiveStringMap(properties);
        if (loaded != null && given.asCaseSensitiveMap().equals(loadedWith)) {
            return loaded;
        }
        if (partitioning.length > 0) {
            throw new HoxException(
                    "hox does not partition by columns: leave out partitionBy, the cells of one task become"
                            + " one dataset. repartition(...) before the write says which cells those are");
        }
        return new AppendTable(schema);
    }

    // Spark asks for the schema and then for the table: both must be of the same snapshot.
    private synchronized HoxTable load(CaseInsensitiveStringMap given) {
        Map<String, String> key = given.asCaseSensitiveMap();
        if (loaded == null || !key.equals(loadedWith)) {
            OptionValues options = HoxOptions.of(given);
            String axis = options.choice(HoxOptions.AXIS, CELLS, FEATURES);
            AtlasRead read = AtlasRead.resolve(options);
            loaded = axis.equals(CELLS) ? CellsTable.load(read, options) : FeaturesTable.load(read, options);
            loadedWith = key;
        }
        return loaded;
    }
}
