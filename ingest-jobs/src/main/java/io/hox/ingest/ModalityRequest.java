package io.hox.ingest;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How one modality of a source enters the atlas.
 *
 * @param field the pointer column to fill, or null where the feature space or the table leave no choice
 * @param layers matrix of the modality ({@code X}, {@code layers/foo}, {@code raw/X}) to layer of the atlas, in order; the
 *     first one decides the structure of a sparse dataset. Empty for {@code X} into the space's required layer
 * @param featureKey the var column that identifies a feature, or null for the index of var
 * @param skipped whether it is left out
 */
public record ModalityRequest(String field, Map<String, String> layers, String featureKey, boolean skipped) {
    /** Everything by default. */
    public static final ModalityRequest DEFAULT = new ModalityRequest(null, Map.of(), null, false);

    /** Leaves the modality out. */
    public static final ModalityRequest SKIP = new ModalityRequest(null, Map.of(), null, true);

    public ModalityRequest {
        layers = Collections.unmodifiableMap(new LinkedHashMap<>(layers));
    }

    /** Into the layers of a field, features known by a var column. */
    public static ModalityRequest of(String field, Map<String, String> layers, String featureKey) {
        return new ModalityRequest(field, layers, featureKey, false);
    }
}
