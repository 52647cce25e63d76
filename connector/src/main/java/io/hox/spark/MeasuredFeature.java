package io.hox.spark;

import io.hox.HoxException;
import io.hox.atlas.AtlasView;
import io.hox.atlas.FeatureInDataset;
import io.hox.atlas.Registry;
import io.hox.atlas.ZarrGroups;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.connector.catalog.Table;

/**
 * A feature of an atlas and the Zarr groups whose cells it was measured in: what a function of one feature's values has to
 * know to tell a zero from a feature that was not measured.
 *
 * @param uid in the feature registry
 * @param globalIndex where it is found in the indices of a cell
 * @param groups values of {@code zarr_group}
 */
public record MeasuredFeature(String uid, int globalIndex, Set<String> groups) implements Serializable {
    /**
     * The canonical name of a Spark function {@code (zarr_group, indices, layer) -> double} that gives a feature's value
     * (null where it was not measured) begins like this; the global index follows. Comparisons of such a function with a
     * number are pushed into the scan.
     */
    public static final String VALUE_FUNCTION = "io.hox.value:";

    private static final int MANY = 5;

    /** A copy of the groups that no one can change. */
    public MeasuredFeature {
        groups = Set.copyOf(groups);
    }

    /** Whether a table of Spark has the cells of an atlas, so that the other methods take it. */
    public static boolean isCells(Table table) {
        return table instanceof CellsTable;
    }

    /**
     * Finds a feature by name.
     *
     * @param pointer the pointer column whose features are meant
     * @param key the registry column that names it; null = the read's option featureKey
     * @throws HoxException when no feature or several have the name, or the read leaves it out
     */
    public static MeasuredFeature byName(Table table, String pointer, String name, String key) {
        CellsTable cells = (CellsTable) table;
        PointerField field = field(cells, pointer);
        String column = key == null ? cells.featureKey() : key;
        try (AtlasView view = cells.read().open()) {
            Registry registry = view.registry(field.space().name());
            // Throws, and says what is near, where there is none.
            int[] found = registry.globalIndices(List.of(name), column);
            if (found.length > 1) {
                List<String> uids = new ArrayList<>();
                for (int i = 0; i < Math.min(MANY, found.length); i++) {
                    uids.add(registry.uid(registry.rowOf(found[i])));
                }
                throw new HoxException(found.length + " features have the " + column + " '" + name
                        + "'; name one of them by its uid: " + String.join(", ", uids)
                        + (found.length > MANY ? ", ..." : ""));
            }
            return of(cells, field, view, found[0]);
        }
    }

    /**
     * Finds a feature by its global index.
     *
     * @throws HoxException when no feature has it, or the read leaves it out
     */
    public static MeasuredFeature byIndex(Table table, String pointer, int globalIndex) {
        CellsTable cells = (CellsTable) table;
        try (AtlasView view = cells.read().open()) {
            return of(cells, field(cells, pointer), view, globalIndex);
        }
    }

    private static MeasuredFeature of(CellsTable cells, PointerField field, AtlasView view, int globalIndex) {
        String space = field.space().name();
        Registry registry = view.registry(space);
        int row = registry.rowOf(globalIndex);
        if (row < 0) {
            throw new HoxException("no feature of " + space + " has the global index " + globalIndex);
        }
        String uid = registry.uid(row);
        if (cells.intersection() || !field.axis().contains(globalIndex)) {
            throw new HoxException("feature " + uid + " is none of those that are read of column '"
                    + field.pointer().name() + "': "
                    + (cells.intersection()
                            ? "don't set option featureJoin to intersection"
                            : "add it to option features, or don't set that"));
        }
        Set<String> groups = new LinkedHashSet<>();
        for (FeatureInDataset measured : view.datasetsWithFeatures(space, List.of(uid))) {
            groups.add(ZarrGroups.check(measured.dataset().zarrGroup(), "of datasets"));
        }
        return new MeasuredFeature(uid, globalIndex, groups);
    }

    private static PointerField field(CellsTable cells, String pointer) {
        PointerField field = cells.cells().pointer(pointer);
        if (field == null || !field.space().isMatrix()) {
            throw new HoxException("column '" + pointer + "' has no features");
        }
        return field;
    }
}
