package io.hox.ingest;

import io.hox.HoxException;
import io.hox.anndata.AnnData;
import io.hox.anndata.H5adFormat;
import io.hox.atlas.AtlasWriter;
import io.hox.atlas.DatasetColumns;
import io.hox.atlas.FeatureSpace;
import io.hox.atlas.KnownSpaces;
import io.hox.atlas.PointerColumn;
import io.hox.atlas.PointerKind;
import io.hox.source.DataFrame;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.arrow.vector.types.pojo.Schema;

/** Makes the plans of a job: reads the heads of the files and refuses what can't go into the atlas. */
final class DatasetPlans {
    private final AtlasWriter atlas;
    private final String obsTable;
    private final PointerColumn pointer;
    private final FeatureSpace space;
    private final Map<String, Object> datasetColumns;
    private final CellUids cellUids;

    DatasetPlans(AtlasWriter atlas, IngestRequest request) {
        this.atlas = atlas;
        DatasetRequest first = request.datasets().get(0);
        this.obsTable = chosenObsTable(atlas, request);
        this.pointer = chosenField(
                atlas.pointers(obsTable), first.modality(DatasetRequest.ANY).field());
        this.space = space(atlas, pointer);
        this.datasetColumns = DatasetColumns.of(atlas.datasetSchema(), first.datasetColumns(), "--dataset ");
        this.cellUids = new CellUids(atlas.obsRef(obsTable));
    }

    String obsTable() {
        return obsTable;
    }

    FeatureSpace space() {
        return space;
    }

    /** Values of the user's columns of the dataset table. */
    Map<String, Object> datasetColumns() {
        return datasetColumns;
    }

    /** The uid that a file's dataset gets. */
    String datasetUid(DatasetRequest dataset) {
        return dataset.datasetUid() != null
                ? dataset.datasetUid()
                : ContentUid.of(Path.of(dataset.source().uri()));
    }

    /** The plan of a file and the registry rows of its features. */
    Planned plan(DatasetRequest dataset, String datasetUid) {
        String file = dataset.source().uri();
        ModalityRequest wanted = dataset.modality(DatasetRequest.ANY);
        try (AnnData source = H5adFormat.open(Path.of(file))) {
            List<LayerPlan> layers = LayerPlans.of(file, source, space, wanted.layers());
            DataFrame obs = source.obs();
            if (obs.rows() == 0) {
                throw new HoxException(file + " has no cells; there is nothing to ingest");
            }
            SourceFeatures features = SourceFeatures.of(
                    file, var(file, source, layers), wanted.featureKey(), atlas.registrySchema(space.name()));
            Schema table = atlas.obsSchema(obsTable);
            Set<String> pointers =
                    atlas.pointers(obsTable).stream().map(PointerColumn::name).collect(Collectors.toSet());
            ObsAlignment alignment = ObsAlignment.of(file, obs, table, pointers, dataset.obsRenames());
            if (alignment.uidSource() != null) {
                cellUids.claim(file, alignment.uidSource(), obs);
            }
            DatasetPlan plan = new DatasetPlan(
                    file,
                    datasetUid,
                    datasetUid + "/" + pointer.name(),
                    pointer,
                    space,
                    layers,
                    features.uids(),
                    alignment,
                    atlas.obsRef(obsTable),
                    atlas.uri().store(),
                    atlas.options());
            return new Planned(plan, features.rows());
        }
    }

    /** A plan with the registry rows of its features. */
    record Planned(DatasetPlan plan, List<Map<String, Object>> features) {}

    private static DataFrame var(String file, AnnData source, List<LayerPlan> layers) {
        boolean raw = layers.get(0).matrix().startsWith("raw/");
        for (LayerPlan layer : layers) {
            if (layer.matrix().startsWith("raw/") != raw) {
                throw new HoxException(file + ": " + layers.get(0).matrix() + " and " + layer.matrix()
                        + " have different features (var and raw/var); ingest them as separate datasets");
            }
        }
        return raw ? source.rawVar() : source.var();
    }

    private static String chosenObsTable(AtlasWriter atlas, IngestRequest request) {
        if (request.obsTable() != null) {
            return request.obsTable();
        }
        if (atlas.obsTables().size() != 1) {
            throw new HoxException(
                    "the atlas has several cell tables " + atlas.obsTables() + "; choose one with --obs-table");
        }
        return atlas.obsTables().get(0);
    }

    private static PointerColumn chosenField(List<PointerColumn> pointers, String field) {
        List<PointerColumn> able = pointers.stream()
                .filter(p -> field == null
                        ? p.kind() != PointerKind.DISCRETE_SPATIAL
                        : p.name().equals(field))
                .toList();
        List<String> names = pointers.stream().map(PointerColumn::name).toList();
        if (able.size() == 1) {
            return able.get(0);
        }
        throw new HoxException(
                field == null
                        ? "the cell table has the pointer columns " + names + "; choose the one to fill with --field"
                        : "--field " + field + ": the cell table has no such pointer column; it has " + names);
    }

    private static FeatureSpace space(AtlasWriter atlas, PointerColumn pointer) {
        FeatureSpace space = KnownSpaces.of(atlas, pointer);
        if (!space.isMatrix()) {
            throw new HoxException("pointer column " + pointer.name() + " is of feature space " + space.name()
                    + ", which is not a matrix of cells and features; an h5ad file can't fill it");
        }
        return space;
    }
}
