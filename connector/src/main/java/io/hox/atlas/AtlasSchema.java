package io.hox.atlas;

import io.hox.HoxException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a new atlas can hold.
 *
 * @param obsTables tables of cells, at least one
 * @param datasetColumns columns of the dataset table besides the five that every atlas has
 * @param registries one feature registry for each feature space with features; registries of the same table name are one
 *     table with one numbering, and must have equal columns
 */
public record AtlasSchema(List<ObsTable> obsTables, List<ColumnSpec> datasetColumns, List<RegistryTable> registries)
        implements Serializable {
    /** Name of the dataset table. */
    public static final String DATASETS = "datasets";

    private static final Pattern TABLE_NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_-]{0,127}");
    private static final Set<String> OBS_BASE = Set.of("uid", "dataset_uid");
    private static final Set<String> DATASET_BASE =
            Set.of("dataset_uid", "zarr_group", "feature_space", "layout_uid", "created_at");
    private static final Set<String> REGISTRY_BASE = Set.of("uid", "global_index");

    /**
     * A table of cells. It has the columns {@code uid} and {@code dataset_uid}, then these.
     *
     * @param name the table's name
     * @param pointers pointer columns: name to feature space, in order; at least one
     * @param columns the user's columns
     */
    public record ObsTable(String name, Map<String, String> pointers, List<ColumnSpec> columns)
            implements Serializable {
        public ObsTable {
            pointers = Collections.unmodifiableMap(new LinkedHashMap<>(pointers));
            columns = List.copyOf(columns);
        }
    }

    /**
     * The registry of a feature space. It has the columns {@code uid} and {@code global_index}, then these.
     *
     * @param featureSpace the space
     * @param table the table's name; null for {@code <feature space>_registry}
     * @param columns the user's columns
     * @param stableUid the column that uids were derived from, or null; only recorded
     */
    public record RegistryTable(String featureSpace, String table, List<ColumnSpec> columns, String stableUid)
            implements Serializable {
        public RegistryTable {
            table = table == null ? featureSpace + AtlasTables.REGISTRY_SUFFIX : table;
            columns = List.copyOf(columns);
        }
    }

    public AtlasSchema {
        obsTables = List.copyOf(obsTables);
        datasetColumns = List.copyOf(datasetColumns);
        registries = List.copyOf(registries);
    }

    /** Reads the JSON form; {@link #toJson} prints it. See {@link SchemaJson} for its members. */
    public static AtlasSchema fromJson(String json) {
        return SchemaJson.read(json);
    }

    /** The JSON form, which {@link #fromJson} reads. */
    public String toJson() {
        return SchemaJson.print(this);
    }

    /**
     * Checks the schema as a whole.
     *
     * @param spaces all spaces that it may name
     * @throws HoxException naming the first thing that is wrong
     */
    void check(FeatureSpaces spaces) {
        if (obsTables.isEmpty()) {
            throw new HoxException("the atlas schema has no obs table; describe at least one");
        }
        Set<String> tables = new HashSet<>(List.of(DATASETS, Atlas.VERSION_TABLE, AtlasTables.LAYOUTS));
        Map<String, String> spaceOfPointer = new LinkedHashMap<>();
        for (ObsTable obs : obsTables) {
            checkTable(obs.name(), tables);
            if (obs.pointers().isEmpty()) {
                throw new HoxException(
                        "the obs table '" + obs.name() + "' has no pointer column; give it at least one");
            }
            Set<String> names = new HashSet<>(OBS_BASE);
            obs.pointers().forEach((column, space) -> {
                ColumnSpec.nullable(column, "string"); // for its check of the name
                checkColumn(column, names, "obs table '" + obs.name() + "'");
                requireSpace(space, spaces);
                String other = spaceOfPointer.putIfAbsent(column, space);
                if (other != null && !other.equals(space)) {
                    throw new HoxException("the pointer column '" + column + "' has the feature space '" + other
                            + "' in one obs table and '" + space + "' in another");
                }
            });
            checkColumns(obs.columns(), names, "obs table '" + obs.name() + "'");
        }
        checkColumns(datasetColumns, new HashSet<>(DATASET_BASE), "dataset table");
        checkRegistries(spaces, tables, new HashSet<>(spaceOfPointer.values()));
    }

    private void checkRegistries(FeatureSpaces spaces, Set<String> tables, Set<String> usedSpaces) {
        Map<String, RegistryTable> byTable = new LinkedHashMap<>();
        Set<String> covered = new HashSet<>();
        for (RegistryTable registry : registries) {
            if (!requireSpace(registry.featureSpace(), spaces).hasFeatures()) {
                throw new HoxException("the feature space '" + registry.featureSpace()
                        + "' has no features, so it can't have a registry; leave it out of the registries");
            }
            if (!covered.add(registry.featureSpace())) {
                throw new HoxException("the feature space '" + registry.featureSpace() + "' has two registries");
            }
            RegistryTable same = byTable.putIfAbsent(registry.table(), registry);
            if (same == null) {
                checkTable(registry.table(), tables);
                checkColumns(registry.columns(), new HashSet<>(REGISTRY_BASE), "registry '" + registry.table() + "'");
            } else if (!same.columns().equals(registry.columns())) {
                throw new HoxException("the feature spaces '" + same.featureSpace() + "' and '"
                        + registry.featureSpace() + "' share the registry '" + registry.table()
                        + "' but describe different columns for it");
            }
        }
        for (String space : usedSpaces) {
            if (spaces.find(space).hasFeatures() && !covered.contains(space)) {
                throw new HoxException(
                        "the feature space '" + space + "' needs a registry; describe one in the atlas schema");
            }
        }
    }

    private static FeatureSpace requireSpace(String name, FeatureSpaces spaces) {
        FeatureSpace space = spaces.find(name);
        if (space == null) {
            List<String> known = new ArrayList<>();
            spaces.all().forEach(s -> known.add(s.name()));
            throw new HoxException("the feature space '" + name + "' is unknown; describe it, or use one of " + known);
        }
        return space;
    }

    private static void checkTable(String name, Set<String> tables) {
        if (!TABLE_NAME.matcher(name).matches()) {
            throw new HoxException("'" + name + "' can't be the name of a table; use letters, digits, '_' and '-'");
        }
        if (!tables.add(name)) {
            throw new HoxException("two tables of the atlas schema are called '" + name + "'");
        }
    }

    private static void checkColumns(List<ColumnSpec> columns, Set<String> names, String where) {
        for (ColumnSpec column : columns) {
            checkColumn(column.name(), names, where);
        }
    }

    private static void checkColumn(String name, Set<String> names, String where) {
        if (!names.add(name)) {
            throw new HoxException("the " + where + " has two columns called '" + name + "'");
        }
    }
}
