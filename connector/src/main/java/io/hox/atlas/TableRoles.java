package io.hox.atlas;

import io.hox.HoxException;
import io.hox.lance.LanceDatabase;
import io.hox.lance.LanceTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * Which table of an atlas plays which part.
 *
 * @param obsTables tables of cells
 * @param datasets the dataset table
 * @param registries registry table by feature space; several spaces may share one
 */
record TableRoles(List<String> obsTables, String datasets, Map<String, String> registries) {
    /** Configuration key of a registry table: the feature spaces it serves, separated by commas. */
    static final String SPACES_KEY = "hox.feature_spaces";

    private static final Set<String> DATASET_COLUMNS =
            Set.of("dataset_uid", "zarr_group", "feature_space", "layout_uid");

    /** All registry tables, each once. */
    Set<String> registryTables() {
        return new LinkedHashSet<>(registries.values());
    }

    /** The spaces that a registry table serves. */
    Set<String> spacesOf(String registryTable) {
        Set<String> spaces = new LinkedHashSet<>();
        registries.forEach((space, table) -> {
            if (table.equals(registryTable)) {
                spaces.add(space);
            }
        });
        return spaces;
    }

    /**
     * What the latest snapshot recorded, completed by what the tables show: an atlas may have no snapshot yet, and a
     * space may have got a registry since.
     */
    static TableRoles find(LanceDatabase database, Snapshot latest, FeatureSpaces spaces) {
        Set<String> obsTables = new LinkedHashSet<>();
        String datasets = null;
        Map<String, String> registries = new LinkedHashMap<>();
        if (latest != null) {
            obsTables.addAll(latest.obsTables().keySet());
            datasets = latest.datasets().name();
            latest.registries().forEach((space, ref) -> registries.put(space, ref.name()));
        }
        Set<String> pointerSpaces = new LinkedHashSet<>();
        List<String> openRegistries = new ArrayList<>();
        for (String name : database.tableNames()) {
            try (LanceTable table = database.open(name)) {
                Schema schema = table.schema();
                Set<String> columns = new HashSet<>();
                schema.getFields().stream().map(Field::getName).forEach(columns::add);
                if (columns.containsAll(DATASET_COLUMNS)) {
                    datasets = datasets == null ? name : datasets;
                } else if (columns.contains("uid") && columns.contains("dataset_uid")) {
                    List<PointerColumn> pointers = PointerColumns.of(schema, Generation.G2, spaces, table.uri());
                    if (latest == null && !pointers.isEmpty()) {
                        obsTables.add(name);
                    }
                    pointers.forEach(pointer -> pointerSpaces.add(pointer.featureSpace()));
                } else if (columns.contains("uid") && columns.contains("global_index")) {
                    String served = table.config().entries().get(SPACES_KEY);
                    if (served != null) {
                        Arrays.stream(served.split(",")).forEach(space -> registries.putIfAbsent(space, name));
                    } else if (!registries.containsValue(name)) {
                        openRegistries.add(name);
                    }
                }
            }
        }
        assignRegistries(registries, pointerSpaces, openRegistries);
        if (obsTables.isEmpty() || datasets == null) {
            throw new HoxException("the database " + database.uri() + " has no "
                    + (datasets == null ? "dataset table" : "obs table with a pointer column")
                    + ", so nothing can be added to it; make an atlas with 'hox create'");
        }
        return new TableRoles(List.copyOf(obsTables), datasets, registries);
    }

    /** By the naming rule of older releases, or because only one pairing is left. */
    private static void assignRegistries(
            Map<String, String> registries, Set<String> pointerSpaces, List<String> openRegistries) {
        List<String> uncovered = new ArrayList<>();
        for (String space : pointerSpaces) {
            String byRule = space + AtlasTables.REGISTRY_SUFFIX;
            if (!registries.containsKey(space)) {
                if (openRegistries.remove(byRule)) {
                    registries.put(space, byRule);
                } else {
                    uncovered.add(space);
                }
            }
        }
        if (uncovered.size() == 1 && openRegistries.size() == 1) {
            registries.put(uncovered.get(0), openRegistries.get(0));
        }
    }
}
