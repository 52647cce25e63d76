package io.hox.ingest;

import io.hox.source.SourceRef;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One dataset to be and how its parts are named in the atlas.
 *
 * @param source where it is
 * @param datasetUid the dataset's uid, or null to derive it from the content
 * @param modalities what is wanted of each modality, by {@link io.hox.source.Modality#key}; under {@value #ANY} for all
 *     that are not named, by default everything
 * @param obsRenames obs column of the source to column of the cell table
 * @param obsDefaults column of the cell table to the value, as text, of all cells for which the source has none
 * @param datasetColumns values of the user's columns of the dataset table, as text
 */
public record DatasetRequest(
        SourceRef source,
        String datasetUid,
        Map<String, ModalityRequest> modalities,
        Map<String, String> obsRenames,
        Map<String, String> obsDefaults,
        Map<String, String> datasetColumns) {
    /** Stands for every modality that is not named. */
    public static final String ANY = "*";

    public DatasetRequest {
        modalities = ordered(modalities);
        obsRenames = ordered(obsRenames);
        obsDefaults = ordered(obsDefaults);
        datasetColumns = ordered(datasetColumns);
    }

    /** A source with all of it under its own name. */
    public static DatasetRequest of(SourceRef source) {
        return new DatasetRequest(source, null, Map.of(), Map.of(), Map.of(), Map.of());
    }

    /** What is wanted of a modality. */
    public ModalityRequest modality(String key) {
        ModalityRequest named = modalities.get(key);
        return named != null ? named : modalities.getOrDefault(ANY, ModalityRequest.DEFAULT);
    }

    private static <T> Map<String, T> ordered(Map<String, T> map) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(map));
    }
}
