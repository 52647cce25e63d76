package io.hox.ingest;

import io.hox.HoxException;
import io.hox.atlas.ArraySpec;
import io.hox.atlas.FeatureSpace;
import io.hox.atlas.PointerColumn;
import io.hox.atlas.PointerKind;
import io.hox.matrix.LayerConversion;
import io.hox.source.Matrix;
import io.hox.source.Modality;
import io.hox.source.Source;
import io.hox.zarr.DataType;
import java.io.Serializable;
import java.util.List;

/**
 * All that a task needs to write one modality of a dataset as one Zarr group.
 *
 * @param name names the source in messages, with the modality where it has several
 * @param key the source's name of the modality
 * @param zarrGroup the group to write
 * @param pointer the pointer column to fill
 * @param space what the group looks like
 * @param layers matrices and the layers they become; the first one decides the structure of a sparse group
 * @param features the features, in the order of the written columns
 * @param rows rows of the matrices
 * @param entries stored entries of the first matrix
 */
record ModalityPlan(
        String name,
        String key,
        String zarrGroup,
        PointerColumn pointer,
        FeatureSpace space,
        List<LayerPlan> layers,
        FeatureAxis features,
        long rows,
        long entries)
        implements Serializable {

    ModalityPlan withGroup(String group) {
        return new ModalityPlan(name, key, group, pointer, space, layers, features, rows, entries);
    }

    boolean isSparse() {
        return pointer.kind() == PointerKind.SPARSE;
    }

    LayerPlan first() {
        return layers.get(0);
    }

    /** The modality of an open source. */
    Modality of(Source source) {
        for (Modality modality : source.modalities()) {
            if (modality.key().equals(key)) {
                return modality;
            }
        }
        throw new HoxException(name + " is there no longer; the source has changed while it was read");
    }

    /** The matrix of a layer with the features of the plan. */
    Matrix matrix(Source source, LayerPlan layer) {
        return features.over(of(source).matrix(layer.matrix()), name);
    }

    /** Where a group keeps what cells tasks need to know of its rows, until the dataset is committed. */
    String rowsPath() {
        return zarrGroup + ".rows";
    }

    String path(String relative) {
        return zarrGroup + "/" + relative;
    }

    String layerPath(LayerPlan layer) {
        return path(space.layerPath(layer.layer()));
    }

    String indicesPath() {
        return path(space.indicesPath());
    }

    /** The type of the index array. */
    DataType indexType() {
        for (ArraySpec array : space.arrays()) {
            if (array.path().equals(space.indicesPath()) && array.types().equals(List.of(DataType.UINT64))) {
                return DataType.UINT64;
            }
        }
        return DataType.UINT32;
    }

    /** Names a matrix in messages. */
    String source(LayerPlan layer) {
        return name + ": " + layer.matrix();
    }

    /** The place of an entry in words. */
    String place(long row, int feature) {
        return "cell " + row + " (counted from 0), feature " + features.uids()[feature];
    }

    /** What turns the values of a matrix into those of its layer. */
    LayerConversion conversion(LayerPlan layer) {
        return new LayerConversion(
                source(layer),
                layer.layer(),
                layer.type(),
                "for example --layer X=log_normalized, and name the matrix of counts");
    }
}
