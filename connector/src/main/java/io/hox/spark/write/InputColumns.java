package io.hox.spark.write;

import io.hox.HoxException;
import io.hox.atlas.AtlasWriter;
import io.hox.atlas.PointerColumn;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** What each column of a DataFrame is in the atlas: cell metadata, numbers of a field, or nothing. */
final class InputColumns {
    private final AppendRequest request;
    private final Map<String, Field> table = new LinkedHashMap<>();
    private final List<PointerColumn> pointers;
    private final List<ObsInput> obs = new ArrayList<>();
    private final List<FieldInput> fields;
    private int uid = -1;

    /** @throws HoxException when a column does not fit or is missing */
    InputColumns(AppendRequest request, AtlasWriter atlas, String obsTable, StructType schema) {
        this.request = request;
        for (Field field : atlas.obsSchema(obsTable).getFields()) {
            table.put(field.getName(), field);
        }
        this.pointers = atlas.pointers(obsTable);
        FieldColumns numbers = new FieldColumns(request, atlas, pointers, table.keySet(), schema);
        this.fields = numbers.find();
        if (fields.isEmpty()) {
            throw new HoxException(
                    "no column of the DataFrame has numbers for the atlas: give a struct called like one of"
                            + " its pointer columns " + names(pointers)
                            + " (as spark.read.format(\"hox\") does), columns indices"
                            + " and counts, or a column of ML vectors with option(\"vector\", NAME). The columns are "
                            + List.of(schema.fieldNames()));
        }
        List<String> unknown = new ArrayList<>();
        List<String> elsewhere = new ArrayList<>();
        for (int i = 0; i < schema.length(); i++) {
            StructField column = schema.fields()[i];
            if (numbers.used().contains(i) || column.name().equals(AppendPlan.DATASET_UID)) {
                continue;
            }
            Field field = table.get(column.name());
            if (isPointer(column.name())) {
                elsewhere.add(column.name());
            } else if (field == null) {
                unknown.add(column.name());
            } else {
                addObs(column.name(), i, column.dataType(), field);
            }
        }
        requireNumbers(elsewhere);
        requireKnown(unknown);
        requireComplete();
    }

    /** Columns of cell metadata. */
    List<ObsInput> obs() {
        return List.copyOf(obs);
    }

    /** The pointer columns that get numbers; {@link FieldInput#measured} is still open. */
    List<FieldInput> fields() {
        return fields;
    }

    /** Where the cells' uids are; -1 when they are made. */
    int uid() {
        return uid;
    }

    private void addObs(String name, int ordinal, DataType type, Field field) {
        String wanted = ObsTypes.wanted(type, field);
        if (wanted != null) {
            throw new HoxException(
                    "column " + name + " holds " + type.simpleString() + ", but the atlas's column takes " + wanted
                            + ". Cast it, so that it is clear what becomes of each value");
        }
        if (name.equals(AppendPlan.UID)) {
            uid = ordinal;
        }
        obs.add(new ObsInput(name, ordinal, type));
    }

    private boolean isPointer(String name) {
        return names(pointers).contains(name);
    }

    private void requireNumbers(List<String> pointers) {
        if (!pointers.isEmpty() && !request.dropUnknown()) {
            throw new HoxException(
                    "column " + String.join(", ", pointers) + " says where tiles, images or fragments lie,"
                            + " which is in the atlas that it was read from, and has no numbers to write. Drop it, or leave it out"
                            + " with option(\"dropUnknown\", true)");
        }
    }

    private void requireKnown(List<String> unknown) {
        if (unknown.isEmpty() || request.dropUnknown()) {
            return;
        }
        Set<String> free = new LinkedHashSet<>();
        for (String name : table.keySet()) {
            if (!name.equals(AppendPlan.DATASET_UID) && !isPointer(name)) {
                free.add(name);
            }
        }
        throw new HoxException("the atlas has no column for " + String.join(", ", unknown) + "; its columns are "
                + String.join(", ", free) + ". Rename or drop what it lacks, or leave it out with"
                + " option(\"dropUnknown\", true)");
    }

    private void requireComplete() {
        Set<String> given = new LinkedHashSet<>(List.of(AppendPlan.UID, AppendPlan.DATASET_UID));
        obs.forEach(column -> given.add(column.name()));
        List<String> missing = new ArrayList<>();
        for (Field field : table.values()) {
            String name = field.getName();
            if (!field.isNullable() && !given.contains(name) && !isPointer(name)) {
                missing.add(name);
            }
        }
        if (!missing.isEmpty()) {
            throw new HoxException("the atlas requires a value of " + String.join(", ", missing)
                    + " for every cell; add such a column to the DataFrame");
        }
    }

    static List<String> names(List<PointerColumn> pointers) {
        return pointers.stream().map(PointerColumn::name).toList();
    }
}
