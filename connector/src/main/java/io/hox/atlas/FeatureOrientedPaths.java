package io.hox.atlas;

import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Tells the feature-oriented copies among the paths of a store. They may appear, and be replaced, while a snapshot is read;
 * all else that a snapshot refers to stays as it is.
 */
final class FeatureOrientedPaths {
    /** The copies' directories in their groups. */
    private final Set<String> directories = new LinkedHashSet<>();

    FeatureOrientedPaths(FeatureSpaces spaces) {
        for (FeatureSpace space : spaces.all()) {
            FeatureOriented copy = space.featureOriented();
            if (copy != null) {
                add(copy.pointersPath());
                add(copy.layersPath());
                copy.arrays().forEach(array -> add(array.path()));
            }
        }
    }

    private void add(String path) {
        int end = path.indexOf('/');
        directories.add("/" + (end < 0 ? path : path.substring(0, end)));
    }

    boolean contain(String path) {
        for (String directory : directories) {
            if (path.endsWith(directory) || path.contains(directory + "/")) {
                return true;
            }
        }
        return false;
    }
}
