package io.hox.ingest;

import io.hox.HoxException;
import io.hox.atlas.FeatureSpaces;
import java.util.List;
import java.util.Map;

/**
 * What to ingest and how its parts are named in the atlas.
 *
 * @param atlas path or URI of the atlas
 * @param storeUri where the arrays are, or null for the place beside the tables
 * @param obsTable the table that takes the cells, or null where the atlas has one
 * @param files the source files, one dataset each
 * @param field the pointer column to fill, or null where the table has one that can hold a matrix
 * @param layers matrix of the file ({@code X}, {@code layers/foo}, {@code raw/X}) to layer of the atlas, in the order of
 *     the command line; empty for {@code X} into the first required layer of the feature space
 * @param featureKey the var column that identifies a feature, or null for the index of var
 * @param obsRenames obs column of the file to column of the atlas
 * @param datasetUid the dataset's uid, or null to derive it from the file's content; only for a single file
 * @param datasetColumns values of the user's columns of the dataset table, as text
 * @param spaces feature spaces besides the built-in ones
 */
public record IngestRequest(
        String atlas,
        String storeUri,
        String obsTable,
        List<String> files,
        String field,
        Map<String, String> layers,
        String featureKey,
        Map<String, String> obsRenames,
        String datasetUid,
        Map<String, String> datasetColumns,
        FeatureSpaces spaces) {

    /** Files into an atlas with one cell table and one pointer column, everything under its own name. */
    public static IngestRequest of(String atlas, List<String> files) {
        return new IngestRequest(
                atlas, null, null, files, null, Map.of(), null, Map.of(), null, Map.of(), FeatureSpaces.none());
    }

    public IngestRequest {
        files = List.copyOf(files);
        if (files.isEmpty()) {
            throw new HoxException("no file to ingest: name one or more .h5ad files");
        }
        if (datasetUid != null && files.size() > 1) {
            throw new HoxException("--dataset-uid " + datasetUid + " can name one dataset only, but " + files.size()
                    + " files were given; leave it out to derive each uid from the file's content");
        }
    }
}
