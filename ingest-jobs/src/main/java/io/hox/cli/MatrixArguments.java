package io.hox.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hox.HoxException;
import io.hox.atlas.AtlasView;
import io.hox.atlas.FeatureSpace;
import io.hox.atlas.LayerType;
import io.hox.atlas.PointerColumn;
import io.hox.export.AnnDataExport.Axis;
import java.util.List;
import org.apache.spark.sql.DataFrameReader;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which matrix of the selected cells a command writes. */
final class MatrixArguments {
    @Option(
            names = "--field",
            paramLabel = "COLUMN",
            description = "The pointer column whose matrix to write; needed where several can make one.")
    private String field;

    @Mixin
    private FeatureArguments features;

    @Option(
            names = "--feature-join",
            paramLabel = "union|intersection",
            description = "Features that any dataset hit measured, or all of them; default: union.")
    private FeatureJoin featureJoin = FeatureJoin.UNION;

    @Option(
            names = "--layers",
            paramLabel = "A,B",
            description = "Layers to write, the first one as X; default: the feature space's required layer.")
    private String layers;

    /** How the features of several datasets make one axis. */
    enum FeatureJoin {
        UNION,
        INTERSECTION
    }

    /** The pointer column to write: the one named, or the only one that can make a matrix. */
    PointerColumn field(AtlasView view, String obsTable) {
        if (field != null) {
            PointerColumn pointer = view.pointer(obsTable, field);
            if (!view.space(pointer.featureSpace()).isMatrix()) {
                throw new HoxException("--field " + field + " is of feature space " + pointer.featureSpace()
                        + ", whose cells are not rows of a matrix of features; .h5ad can't hold it");
            }
            return pointer;
        }
        List<PointerColumn> able = view.pointers(obsTable).stream()
                .filter(pointer -> view.space(pointer.featureSpace()).isMatrix())
                .toList();
        if (able.size() != 1) {
            throw new HoxException(
                    able.isEmpty()
                            ? "none of the pointer columns holds a matrix of features; .h5ad can't be written"
                            : "several pointer columns hold a matrix: choose one with --field "
                                    + String.join(
                                            " or --field ",
                                            able.stream()
                                                    .map(PointerColumn::name)
                                                    .toList()));
        }
        return able.get(0);
    }

    /** The layers to write, the first one as X. */
    List<String> layers(AtlasView view, PointerColumn pointer) {
        if (layers != null) {
            return ReadArguments.names(layers);
        }
        FeatureSpace space = view.space(pointer.featureSpace());
        if (!space.defaultLayers().isEmpty()) {
            return space.defaultLayers();
        }
        List<LayerType> found = view.layerTypes(space);
        if (found.isEmpty()) {
            throw new HoxException("no dataset of feature space " + space.name() + " holds a layer");
        }
        return List.of(found.get(0).name());
    }

    /** Which features become columns. */
    Axis axis(AtlasView view, PointerColumn pointer) {
        if (features.given()) {
            return new Axis.Pinned(features.globalIndices(view.registry(pointer.featureSpace())));
        }
        return featureJoin == FeatureJoin.UNION ? new Axis.Union() : new Axis.Intersection();
    }

    /** Limits a read to the named features, if there are any. */
    void pin(DataFrameReader reader) {
        if (features.given()) {
            reader.option("features", json(features.names())).option("featureKey", features.key());
        }
    }

    private static String json(List<String> names) {
        try {
            return new ObjectMapper().writeValueAsString(names);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
