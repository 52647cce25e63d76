package io.hox.spark.write;

import io.hox.HoxException;
import io.hox.atlas.Atlas;
import io.hox.atlas.AtlasView;
import io.hox.atlas.DatasetRow;
import io.hox.atlas.PointerColumn;
import io.hox.atlas.Registry;
import io.hox.spark.write.AppendRequest.Place;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Finds out which features the indices of a DataFrame mean, and which of them its cells measured. */
final class FeaturePlanner {
    private final AppendRequest request;
    private final NewFeatures target;

    FeaturePlanner(AppendRequest request, NewFeatures target) {
        this.request = request;
        this.target = target;
    }

    /** @param grouped whether the data say which group each cell was read from */
    FieldFeatures plan(PointerColumn pointer, boolean grouped) {
        List<String> named = request.featuresOf(pointer.name());
        boolean all = named != null && named.equals(List.of(AppendRequest.ALL));
        if (named != null && !all && request.featuresFrom() == null) {
            return fields(pointer, Measured.counted(named.size()), List.of(named), null);
        }
        if (named == null && !grouped) {
            throw new HoxException(
                    "which features were measured in " + pointer.name() + "? The DataFrame does not say,"
                            + " and not measured is not zero: name their uids in the order of the indices with"
                            + " option(\"features\", \"A,B,C\"), or as JSON array. If the indices are global indices of an atlas,"
                            + " name it with option(\"featuresFrom\", PATH); features then are those that were measured, * all");
        }
        Place place = request.featuresFrom() == null ? request.atlas() : request.featuresFrom();
        try (Atlas atlas = Atlas.open(place.uri(), place.storage(), request.spaces(), Atlas.VERSION_TABLE);
                AtlasView view = AtlasView.open(atlas.latestSnapshot(), place.storage(), request.spaces())) {
            Registry registry = view.registry(pointer.featureSpace());
            if (named == null) {
                return byGroup(pointer, view, registry);
            }
            int[] globals = all ? numbered(registry) : globals(registry, named);
            List<String> uids = uids(registry, globals);
            return fields(pointer, Measured.numbered(globals.length, inverse(globals)), List.of(uids), registry);
        }
    }

    /** The measured features of a cell are those of the group that it was read from. */
    private FieldFeatures byGroup(PointerColumn pointer, AtlasView view, Registry registry) {
        Map<String, Integer> setOfLayout = new LinkedHashMap<>();
        Map<String, Integer> setOfGroup = new LinkedHashMap<>();
        for (DatasetRow row : view.datasets(pointer.featureSpace())) {
            Integer set = setOfLayout.computeIfAbsent(row.layoutUid(), ignored -> setOfLayout.size());
            setOfGroup.put(row.zarrGroup(), set);
        }
        List<List<String>> uids = new ArrayList<>();
        int[] sizes = new int[setOfLayout.size()];
        int[][] positions = new int[sizes.length][];
        for (int[] globals : view.remaps(setOfLayout.keySet()).values()) {
            int set = uids.size();
            sizes[set] = globals.length;
            positions[set] = inverse(globals);
            uids.add(uids(registry, globals));
        }
        return fields(pointer, Measured.ofGroups(sizes, positions, setOfGroup), uids, registry);
    }

    private FieldFeatures fields(PointerColumn pointer, Measured measured, List<List<String>> uids, Registry registry) {
        return new FieldFeatures(measured, uids, target.missing(pointer.featureSpace(), uids, registry));
    }

    private static int[] numbered(Registry registry) {
        int[] globals = new int[registry.size()];
        int n = 0;
        for (int row = 0; row < globals.length; row++) {
            if (registry.globalIndex(row) != Registry.UNNUMBERED) {
                globals[n++] = registry.globalIndex(row);
            }
        }
        Arrays.sort(globals, 0, n);
        return Arrays.copyOf(globals, n);
    }

    /** In the order of the names; {@link Registry#globalIndices} refuses unknown ones. */
    private static int[] globals(Registry registry, List<String> named) {
        registry.globalIndices(named, "uid");
        int[] globals = new int[named.size()];
        for (int i = 0; i < globals.length; i++) {
            globals[i] = registry.globalIndex(registry.rowOf(named.get(i)));
        }
        return globals;
    }

    private static List<String> uids(Registry registry, int[] globals) {
        List<String> uids = new ArrayList<>(globals.length);
        for (int global : globals) {
            int row = registry.rowOf(global);
            if (row < 0) {
                throw new HoxException(
                        "no feature of registry " + registry.table().name() + " has the global index " + global
                                + ", which a layout names. Run 'hox validate' on the atlas that was read");
            }
            uids.add(registry.uid(row));
        }
        return uids;
    }

    private static int[] inverse(int[] globals) {
        int max = Measured.NONE;
        for (int global : globals) {
            max = Math.max(max, global);
        }
        int[] positions = new int[max + 1];
        Arrays.fill(positions, Measured.NONE);
        for (int i = 0; i < globals.length; i++) {
            positions[globals[i]] = i;
        }
        return positions;
    }
}
