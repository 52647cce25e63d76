package io.hox.index;

import io.hox.atlas.FeatureSpaces;
import java.util.List;

/**
 * What to make copies of.
 *
 * @param atlas path or URI of the atlas
 * @param storeUri where its arrays are; null for the usual place
 * @param spaces feature spaces that are not built in
 * @param featureSpace the only feature space to look at; null = all
 * @param groups the only groups to copy; empty = all
 * @param layers the only layers to copy; empty = all that the feature space allows in a copy
 * @param rebuild whether a copy that a group has is replaced; otherwise it is left alone
 */
public record IndexRequest(
        String atlas,
        String storeUri,
        FeatureSpaces spaces,
        String featureSpace,
        List<String> groups,
        List<String> layers,
        boolean rebuild) {
    public IndexRequest {
        groups = List.copyOf(groups);
        layers = List.copyOf(layers);
    }
}
