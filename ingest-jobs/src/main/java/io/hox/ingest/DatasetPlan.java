package io.hox.ingest;

import io.hox.atlas.FeatureSpace;
import io.hox.atlas.PointerColumn;
import io.hox.lance.LanceTableRef;
import io.hox.matrix.LayerConversion;
import java.io.Serializable;
import java.util.List;
import java.util.Map;

/**
 * All that a task needs to write one file as one dataset; made and checked on the driver.
 *
 * @param file the source
 * @param datasetUid the dataset's uid
 * @param zarrGroup the group that the task writes
 * @param pointer the pointer column to fill
 * @param space what the group looks like
 * @param layers matrices and the layers they become; the first one decides the structure of a sparse group
 * @param featureUids uid of each feature, in the order of the matrix's columns
 * @param obs how the obs columns are filled
 * @param obsTable the cell table, for writing fragments
 * @param storeUri the Zarr root
 * @param options Hadoop settings of the store
 */
record DatasetPlan(
        String file,
        String datasetUid,
        String zarrGroup,
        PointerColumn pointer,
        FeatureSpace space,
        List<LayerPlan> layers,
        String[] featureUids,
        ObsAlignment obs,
        LanceTableRef obsTable,
        String storeUri,
        Map<String, String> options)
        implements Serializable {

    /** The place of an entry in words. */
    String place(long row, int feature) {
        return "cell " + row + " (counted from 0), feature " + featureUids[feature];
    }

    /** Names a matrix of the file in messages. */
    String source(LayerPlan layer) {
        return file + ": " + layer.matrix();
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
