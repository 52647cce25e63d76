package io.hox.spark;

import io.hox.HoxException;
import io.hox.atlas.AtlasView;
import io.hox.atlas.DatasetRow;
import io.hox.atlas.PointerColumn;
import io.hox.atlas.Registry;
import io.hox.matrix.FeatureAxis;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.connector.read.ScanBuilder;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/**
 * One row per feature and dataset that measured it, at a pinned snapshot: registry, layouts and datasets joined. Touches
 * no array.
 */
final class FeaturesTable implements HoxTable {
    private final AtlasRead read;
    private final StructType schema;
    private final List<FeatureSplit.Measured> datasets;
    private final Map<String, FeatureAxis> axes;
    private final ReadLimits limits;

    private FeaturesTable(
            AtlasRead read,
            StructType schema,
            List<FeatureSplit.Measured> datasets,
            Map<String, FeatureAxis> axes,
            ReadLimits limits) {
        this.read = read;
        this.schema = schema;
        this.datasets = datasets;
        this.axes = axes;
        this.limits = limits;
    }

    static FeaturesTable load(AtlasRead read, OptionValues options) {
        try (AtlasView view = read.open()) {
            List<String> fields = options.names(HoxOptions.FIELDS);
            List<PointerColumn> pointers = pointers(view, options.text(HoxOptions.OBS_TABLE), fields);
            List<String> features = options.names(HoxOptions.FEATURES);
            Map<String, FeatureAxis> axes = features == null
                    ? Map.of()
                    : new PinnedFeatures(view, features, options.text(HoxOptions.FEATURE_KEY))
                            .bySpace(pointers, fields != null);
            Map<String, Registry> registries = new LinkedHashMap<>();
            for (PointerColumn pointer : pointers) {
                String space = pointer.featureSpace();
                if (view.snapshot().registries().containsKey(space) && (features == null || axes.containsKey(space))) {
                    registries.put(space, view.registry(space));
                }
            }
            List<FeatureSplit.Measured> datasets = new ArrayList<>();
            for (String space : registries.keySet()) {
                for (DatasetRow row : view.datasets(space)) {
                    if (!row.layoutUid().isEmpty()) {
                        datasets.add(
                                new FeatureSplit.Measured(space, row.datasetUid(), row.zarrGroup(), row.layoutUid()));
                    }
                }
            }
            StructType schema = FeatureColumns.schema(registries.values());
            return new FeaturesTable(read, schema, datasets, new LinkedHashMap<>(axes), ReadLimits.of(options));
        }
    }

    /** The pointer columns of one table or, since features belong to the whole atlas, of all. */
    private static List<PointerColumn> pointers(AtlasView view, String obsTable, List<String> fields) {
        Set<String> tables = obsTable == null
                ? view.snapshot().obsTables().keySet()
                : Set.of(view.snapshot().obsTable(obsTable).name());
        Set<PointerColumn> all = new LinkedHashSet<>();
        for (String table : tables) {
            all.addAll(view.pointers(table));
        }
        if (fields == null) {
            return List.copyOf(all);
        }
        List<PointerColumn> chosen = new ArrayList<>();
        for (String field : fields) {
            List<PointerColumn> found =
                    all.stream().filter(pointer -> pointer.name().equals(field)).toList();
            if (found.isEmpty()) {
                throw new HoxException("no pointer column '" + field + "' in the atlas "
                        + view.snapshot().uri().root() + "; it has "
                        + String.join(
                                ", ", all.stream().map(PointerColumn::name).toList()));
            }
            chosen.addAll(found);
        }
        return chosen;
    }

    AtlasRead read() {
        return read;
    }

    List<FeatureSplit.Measured> datasets() {
        return datasets;
    }

    Map<String, FeatureAxis> axes() {
        return axes;
    }

    ReadLimits limits() {
        return limits;
    }

    @Override
    public String name() {
        return "hox " + read.name() + " features";
    }

    @Override
    public StructType structType() {
        return schema;
    }

    @Override
    public ScanBuilder newScanBuilder(CaseInsensitiveStringMap unused) {
        return new FeatureScanBuilder(this);
    }
}
