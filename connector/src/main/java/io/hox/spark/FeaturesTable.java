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
 * One row per feature and dataset that measured it, at a pinned snapshot: registry, layouts and datasets joined; and the
 * matrix by feature, where its columns are selected.
 */
final class FeaturesTable implements HoxTable {
    private final AtlasRead read;
    private final StructType schema;
    private final List<FeatureSplit.Measured> datasets;
    private final Map<String, FeatureAxis> axes;
    private final Map<String, Registry> registries;
    private final Map<String, FeatureSource> sources;
    private final ReadLimits limits;

    private FeaturesTable(
            AtlasRead read,
            StructType schema,
            List<FeatureSplit.Measured> datasets,
            Map<String, FeatureAxis> axes,
            Map<String, Registry> registries,
            Map<String, FeatureSource> sources,
            ReadLimits limits) {
        this.read = read;
        this.schema = schema;
        this.datasets = datasets;
        this.axes = axes;
        this.registries = registries;
        this.sources = sources;
        this.limits = limits;
    }

    static FeaturesTable load(AtlasRead read, OptionValues options) {
        try (AtlasView view = read.open()) {
            List<String> fields = options.names(HoxOptions.FIELDS);
            Map<String, List<PointerColumn>> places = pointers(view, options.text(HoxOptions.OBS_TABLE), fields);
            List<PointerColumn> pointers =
                    places.values().stream().flatMap(List::stream).distinct().toList();
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
            Map<String, FeatureSource> sources = new FeatureSources(view, options, registries).of(places);
            StructType schema = FeatureColumns.schema(registries.values(), sources.values());
            return new FeaturesTable(
                    read, schema, datasets, new LinkedHashMap<>(axes), registries, sources, ReadLimits.of(options));
        }
    }

    /** By table: the pointer columns of one table or, since features belong to the whole atlas, of all. */
    private static Map<String, List<PointerColumn>> pointers(AtlasView view, String obsTable, List<String> fields) {
        Set<String> tables = obsTable == null
                ? view.snapshot().obsTables().keySet()
                : Set.of(view.snapshot().obsTable(obsTable).name());
        Map<String, List<PointerColumn>> chosen = new LinkedHashMap<>();
        Set<String> names = new LinkedHashSet<>();
        for (String table : tables) {
            List<PointerColumn> pointers = view.pointers(table);
            pointers.forEach(pointer -> names.add(pointer.name()));
            chosen.put(
                    table,
                    pointers.stream()
                            .filter(pointer -> fields == null || fields.contains(pointer.name()))
                            .toList());
        }
        for (String field : fields == null ? List.<String>of() : fields) {
            if (!names.contains(field)) {
                throw new HoxException("no pointer column '" + field + "' in the atlas "
                        + view.snapshot().uri().root() + "; it has " + String.join(", ", names));
            }
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

    Map<String, Registry> registries() {
        return registries;
    }

    Map<String, FeatureSource> sources() {
        return sources;
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
