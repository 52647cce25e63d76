package io.hox.ingest;

import io.hox.HoxException;
import io.hox.ingest.ObsMapping.Origin;
import io.hox.source.Column;
import io.hox.source.DataFrame;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * How a file's obs columns fill the columns of a cell table. Made on the driver, where everything that does not fit is
 * refused before the first write.
 *
 * @param mappings columns that get values; the others stay null
 * @param dropped obs columns of the file that the table lacks
 */
record ObsAlignment(List<ObsMapping> mappings, List<String> dropped) implements Serializable {
    /** Takes the file's obs index, if a cell table has such a column. */
    static final String INDEX_COLUMN = "obs_name";

    /**
     * Aligns by name.
     *
     * @param renames obs column of the file to column of the table
     * @param defaults column of the table to the text of its value where the file has none
     * @param pointers pointer columns, which the job fills itself
     */
    static ObsAlignment of(
            String file,
            DataFrame obs,
            Schema table,
            Set<String> pointers,
            Map<String, String> renames,
            Map<String, String> defaults) {
        defaults.forEach((column, text) -> {
            Field field = fillable(table, pointers, column, "the value " + text + " for cells without a " + column);
            ObsFallbacks.check(text, field);
        });
        Map<String, String> sourceOf = sources(file, obs, table, pointers, renames);
        List<ObsMapping> mappings = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        Set<String> used = new HashSet<>();
        for (Field field : table.getFields()) {
            String name = field.getName();
            if (pointers.contains(name)) {
                continue;
            }
            String source = sourceOf.get(name);
            String fallback = defaults.get(name);
            if (name.equals("dataset_uid")) {
                mappings.add(new ObsMapping(name, Origin.DATASET_UID, null, null, false));
            } else if (source != null) {
                ObsVectors.requireConvertible(file, obs.column(source), field);
                mappings.add(new ObsMapping(
                        name, Origin.COLUMN, source, fallback, ObsVectors.canFail(obs.column(source), field)));
                used.add(source);
            } else if (name.equals("uid")) {
                mappings.add(new ObsMapping(name, Origin.GENERATED_UID, null, null, false));
            } else if (name.equals(INDEX_COLUMN)) {
                mappings.add(new ObsMapping(name, Origin.INDEX, null, fallback, false));
            } else if (fallback != null) {
                mappings.add(new ObsMapping(name, Origin.CONSTANT, null, fallback, false));
            } else if (!field.isNullable()) {
                missing.add(name);
            }
        }
        if (!missing.isEmpty()) {
            throw new HoxException(file + " lacks the required obs column" + (missing.size() > 1 ? "s " : " ") + missing
                    + "; its columns are " + names(obs) + ". Name the column that holds it with --obs FROM="
                    + missing.get(0));
        }
        Set<String> dropped = new LinkedHashSet<>(names(obs));
        dropped.removeAll(used);
        return new ObsAlignment(List.copyOf(mappings), List.copyOf(dropped));
    }

    /** The mappings of which single values may turn out not to fit. */
    List<ObsMapping> doubtful() {
        return mappings.stream().filter(ObsMapping::doubtful).toList();
    }

    /** Whether the obs index becomes a column. */
    boolean usesIndex() {
        return mappings.stream().anyMatch(mapping -> mapping.origin() == Origin.INDEX);
    }

    /** The obs column that holds the cells' uids, or null where they are made. */
    String uidSource() {
        for (ObsMapping mapping : mappings) {
            if (mapping.target().equals("uid")) {
                return mapping.source();
            }
        }
        return null;
    }

    private static Map<String, String> sources(
            String file, DataFrame obs, Schema table, Set<String> pointers, Map<String, String> renames) {
        Set<String> targets = table.getFields().stream().map(Field::getName).collect(Collectors.toSet());
        Map<String, String> sourceOf = new HashMap<>();
        for (Column column : obs.columns()) {
            String name = column.name();
            if (!renames.containsKey(name) && !isReserved(name)) {
                sourceOf.put(targets.contains(name) ? name : LikeSchema.columnName(name), name);
            }
        }
        renames.forEach((from, to) -> {
            if (obs.column(from) == null) {
                throw new HoxException("--obs " + from + "=" + to + ": " + file + " has no obs column " + from
                        + "; its columns are " + names(obs));
            }
            fillable(table, pointers, to, "--obs " + from + "=" + to);
            sourceOf.put(to, from);
        });
        return sourceOf;
    }

    private static Field fillable(Schema table, Set<String> pointers, String column, String what) {
        for (Field field : table.getFields()) {
            if (field.getName().equals(column) && !column.equals("dataset_uid") && !pointers.contains(column)) {
                return field;
            }
        }
        throw new HoxException(
                what + ": the cell table has no column " + column + " that a file can fill; its columns are "
                        + table.getFields().stream().map(Field::getName).toList());
    }

    /** The file's own uid columns belong to another atlas: they are taken only when a rename says so. */
    private static boolean isReserved(String column) {
        return column.equals("uid") || column.equals("dataset_uid");
    }

    private static List<String> names(DataFrame obs) {
        return obs.columns().stream().map(Column::name).toList();
    }
}
