package io.hox.ingest;

import io.hox.HoxException;
import io.hox.atlas.FeatureSpaces;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What to ingest into which atlas.
 *
 * @param atlas path or URI of the atlas
 * @param storeUri where the arrays are, or null for the place beside the tables
 * @param obsTable the table that takes the cells, or null where the atlas has one
 * @param spaces feature spaces besides the built-in ones
 * @param datasets what becomes a dataset, at least one
 * @param options how the job treats all of them
 */
public record IngestRequest(
        String atlas,
        String storeUri,
        String obsTable,
        FeatureSpaces spaces,
        List<DatasetRequest> datasets,
        IngestOptions options) {

    /** Datasets for an atlas with one cell table, everything else as it is by default. */
    public static IngestRequest of(String atlas, List<DatasetRequest> datasets) {
        return new IngestRequest(atlas, null, null, FeatureSpaces.none(), datasets, IngestOptions.DEFAULT);
    }

    public IngestRequest {
        datasets = List.copyOf(datasets);
        if (datasets.isEmpty()) {
            throw new HoxException("there is nothing to ingest: name one or more files");
        }
        Set<String> uids = new HashSet<>();
        for (DatasetRequest dataset : datasets) {
            if (dataset.datasetUid() != null && !uids.add(dataset.datasetUid())) {
                throw new HoxException("the dataset uid " + dataset.datasetUid()
                        + " is given to several sources, one of"
                        + " them " + dataset.source() + "; each dataset needs a uid of its own. Leave it out to derive"
                        + " it from the content");
            }
        }
    }
}
