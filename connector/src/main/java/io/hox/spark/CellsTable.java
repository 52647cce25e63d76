package io.hox.spark;

import io.hox.atlas.AtlasView;
import io.hox.atlas.TableRef;
import org.apache.spark.sql.connector.read.ScanBuilder;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/** One row per cell of an obs table, at a pinned snapshot. */
final class CellsTable implements HoxTable {
    private static final String UNION = "union";
    private static final String INTERSECTION = "intersection";

    private final AtlasRead read;
    private final TableRef obsTable;
    private final CellSchema columns;
    private final ReadLimits limits;
    private final boolean intersection;
    private final String featureKey;
    private final StructType schema;

    private CellsTable(
            AtlasRead read,
            TableRef obsTable,
            CellSchema columns,
            ReadLimits limits,
            boolean intersection,
            String featureKey) {
        this.read = read;
        this.obsTable = obsTable;
        this.columns = columns;
        this.limits = limits;
        this.intersection = intersection;
        this.featureKey = featureKey;
        this.schema = columns.toSpark();
    }

    static CellsTable load(AtlasRead read, OptionValues options) {
        TableRef obsTable = read.snapshot().obsTable(options.text(HoxOptions.OBS_TABLE));
        String join = options.choice(HoxOptions.FEATURE_JOIN, UNION, INTERSECTION);
        ReadLimits limits = ReadLimits.of(options);
        try (AtlasView view = read.open()) {
            CellSchema columns = new CellSchemaBuilder(view, options, obsTable.name()).build();
            return new CellsTable(
                    read, obsTable, columns, limits, join.equals(INTERSECTION), options.text(HoxOptions.FEATURE_KEY));
        }
    }

    AtlasRead read() {
        return read;
    }

    ReadLimits limits() {
        return limits;
    }

    /** Whether only the features are kept that all datasets of the result measured. */
    boolean intersection() {
        return intersection;
    }

    /** The registry column that names features. */
    String featureKey() {
        return featureKey;
    }

    TableRef obsTable() {
        return obsTable;
    }

    CellSchema cells() {
        return columns;
    }

    @Override
    public String name() {
        return "hox " + read.name() + " " + obsTable.name();
    }

    @Override
    public StructType structType() {
        return schema;
    }

    @Override
    public ScanBuilder newScanBuilder(CaseInsensitiveStringMap unused) {
        return new CellScanBuilder(this);
    }
}
