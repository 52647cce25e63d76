package io.hox.ingest;

import io.hox.HoxException;
import io.hox.atlas.DatasetColumns;
import io.hox.atlas.FeatureSpace;
import io.hox.atlas.PointerColumn;
import io.hox.source.DataFrame;
import io.hox.source.Matrix;
import io.hox.source.Modality;
import io.hox.source.Source;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Makes the plan of a dataset: reads the head of its source and refuses what can't go into the atlas. */
final class DatasetPlanner {
    private final Target target;
    private final IngestOptions options;
    private final ArrayShapes shapes;

    DatasetPlanner(Target target, IngestOptions options, ArrayShapes shapes) {
        this.target = target;
        this.options = options;
        this.shapes = shapes;
    }

    /**
     * A plan with what its commit needs.
     *
     * @param features registry rows of each modality
     * @param columns values of the user's columns of the dataset table
     */
    record Planned(DatasetPlan plan, List<List<Map<String, Object>>> features, Map<String, Object> columns) {
        Planned withPlan(DatasetPlan other) {
            return new Planned(other, features, columns);
        }
    }

    /** @param suffix tells the groups of this attempt from those of others */
    Planned plan(DatasetRequest request, Map<String, String> sourceOptions, String uid, String suffix) {
        String name = request.source().toString();
        Map<String, Object> columns =
                DatasetColumns.of(target.atlas().datasetSchema(), request.datasetColumns(), "--dataset ");
        try (Source source = Sources.open(request.source(), sourceOptions)) {
            DataFrame obs = source.obs();
            if (obs.rows() == 0) {
                throw new HoxException(name + " has no cells; there is nothing to ingest");
            }
            List<Modality> wanted = wanted(name, source, request);
            List<ModalityPlan> modalities = new ArrayList<>();
            List<List<Map<String, Object>>> features = new ArrayList<>();
            Set<String> filled = new HashSet<>();
            for (Modality modality : wanted) {
                ModalityRequest how = request.modality(modality.key());
                PointerColumn pointer = target.pointer(name, modality, wanted.size() == 1, how.field());
                if (!filled.add(pointer.name())) {
                    throw new HoxException(name + ": several modalities would fill the pointer column " + pointer.name()
                            + "; name a column for each with --field MODALITY=COLUMN");
                }
                String full = wanted.size() == 1 ? name : name + " (" + modality.key() + ")";
                modalities.add(plan(full, modality, how, pointer, obs.rows(), features));
            }
            ObsAlignment alignment = ObsAlignment.of(
                    name, obs, target.schema(), target.pointerNames(), request.obsRenames(), request.obsDefaults());
            if (alignment.uidSource() != null) {
                target.cellUids().claim(name, obs.column(alignment.uidSource()), options.replace() ? uid : null);
            }
            if (alignment.usesIndex()) {
                CellUids.requireDistinctNames(name, obs);
            }
            DatasetPlan plan = new DatasetPlan(
                    request.source(),
                    sourceOptions,
                    name,
                    uid,
                    obs.rows(),
                    List.copyOf(modalities),
                    alignment,
                    target.atlas().obsRef(target.obsTable()),
                    target.atlas().uri().store(),
                    target.atlas().options(),
                    shapes,
                    options.taskBytes());
            return new Planned(plan.withGroups(suffix), features, columns);
        }
    }

    private static List<Modality> wanted(String name, Source source, DatasetRequest request) {
        List<String> known = source.modalities().stream().map(Modality::key).toList();
        for (String key : request.modalities().keySet()) {
            if (!key.equals(DatasetRequest.ANY) && !known.contains(key)) {
                throw new HoxException(name + " has no modality '" + key + "'; it has " + known);
            }
        }
        List<Modality> wanted = source.modalities().stream()
                .filter(modality -> !request.modality(modality.key()).skipped())
                .toList();
        if (wanted.isEmpty()) {
            throw new HoxException(name + ": all of its modalities " + known + " are left out; nothing remains");
        }
        return wanted;
    }

    private ModalityPlan plan(
            String name,
            Modality modality,
            ModalityRequest how,
            PointerColumn pointer,
            int cells,
            List<List<Map<String, Object>>> rows) {
        FeatureSpace space = target.space(pointer);
        List<LayerPlan> layers = LayerPlans.of(name, modality, space, how.layers());
        String first = layers.get(0).matrix();
        SourceFeatures features = SourceFeatures.of(
                name, modality.var(first), how.featureKey(), target.atlas().registrySchema(space.name()), options);
        Matrix matrix = modality.matrix(first);
        if (matrix.columns() != features.columns()) {
            throw new HoxException(name + ": " + first + " has " + matrix.columns() + " columns, but var names "
                    + features.columns() + " features; correct the file");
        }
        if (modality.rows(0, 0) == null && matrix.rows() != cells) {
            throw new HoxException(name + ": " + first + " has " + matrix.rows() + " rows, but obs names " + cells
                    + " cells; correct the file");
        }
        rows.add(features.rows());
        return new ModalityPlan(
                name, modality.key(), "", pointer, space, layers, features.axis(), matrix.rows(), matrix.entries());
    }
}
