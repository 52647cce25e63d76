package io.hox.ingest;

import io.hox.atlas.AtlasSchema;
import io.hox.atlas.AtlasSchema.ObsTable;
import io.hox.atlas.AtlasSchema.RegistryTable;
import io.hox.atlas.ColumnSpec;
import io.hox.source.Column;
import io.hox.source.DataFrame;
import io.hox.source.Modality;
import io.hox.source.Source;
import io.hox.source.SourceLocation;
import io.hox.zarr.DataType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The schema of an atlas that takes files like a given one: its obs columns as columns of the cell table, all of them
 * optional, its var columns as columns of the registry, and the obs index as {@value ObsAlignment#INDEX_COLUMN}.
 */
public final class LikeSchema {
    /** Columns that every atlas has; a file's columns of these names belong to where it came from. */
    private static final Set<String> RESERVED =
            Set.of("uid", "dataset_uid", "global_index", "zarr_group", ObsAlignment.INDEX_COLUMN);

    private static final String USUAL = "gene_expression";

    private LikeSchema() {}

    /**
     * @param like what to take the columns of; the first dataset of several
     * @param fields pointer columns: name to feature space. Empty for one of each feature space that the source names,
     *     or else {@value #USUAL}
     * @param exactTypes whether obs columns get the very types of the source; otherwise whole numbers become int64 and
     *     floats double, which take the numbers of other sources, too
     */
    public static AtlasSchema of(SourceLocation like, String obsTable, Map<String, String> fields, boolean exactTypes) {
        try (Source source = Sources.open(Sources.datasets(like).get(0), like.options())) {
            Map<String, String> pointers = fields.isEmpty() ? named(source.modalities()) : fields;
            List<ColumnSpec> obs = new ArrayList<>();
            obs.add(ColumnSpec.nullable(ObsAlignment.INDEX_COLUMN, "string"));
            obs.addAll(columns(source.obs(), pointers.keySet(), exactTypes));
            Map<String, RegistryTable> registries = new LinkedHashMap<>();
            pointers.forEach((field, space) -> registries.computeIfAbsent(space, name -> {
                Modality modality = modality(source.modalities(), field, name);
                DataFrame var = modality.var(modality.matrixKeys().get(0));
                return new RegistryTable(name, null, columns(var, Set.of(), false), null);
            }));
            ObsTable cells = new ObsTable(obsTable, new LinkedHashMap<>(pointers), obs);
            return new AtlasSchema(List.of(cells), List.of(), List.copyOf(registries.values()));
        }
    }

    private static Map<String, String> named(List<Modality> modalities) {
        Map<String, String> pointers = new LinkedHashMap<>();
        for (Modality modality : modalities) {
            if (modality.featureSpace() != null) {
                pointers.put(modality.featureSpace(), modality.featureSpace());
            }
        }
        return pointers.isEmpty() ? Map.of(USUAL, USUAL) : pointers;
    }

    /** What fills a field, as far as names tell. */
    private static Modality modality(List<Modality> modalities, String field, String space) {
        for (Modality modality : modalities) {
            if (modality.key().equals(field) || space.equals(modality.featureSpace())) {
                return modality;
            }
        }
        return modalities.get(0);
    }

    private static List<ColumnSpec> columns(DataFrame frame, Set<String> taken, boolean exact) {
        List<ColumnSpec> specs = new ArrayList<>();
        for (Column column : frame.columns()) {
            if (!RESERVED.contains(column.name()) && !taken.contains(column.name())) {
                specs.add(ColumnSpec.nullable(columnName(column.name()), exact ? exactType(column) : type(column)));
            }
        }
        return specs;
    }

    /** The name that a file's column has in an atlas, where dots and back-ticks can't be part of one. */
    static String columnName(String name) {
        return name.replace('.', '_').replace('`', '_');
    }

    private static String type(Column column) {
        return switch (column.kind()) {
            case STRING, CATEGORICAL -> "string";
            case BOOL -> "bool";
            case INTEGER -> "int64";
            case FLOAT -> "double";
        };
    }

    /** The narrowest type that takes every value of the column's. */
    private static String exactType(Column column) {
        return switch (column.kind()) {
            case STRING, CATEGORICAL, BOOL -> type(column);
            case INTEGER -> switch (column.type()) {
                case INT8 -> "int8";
                case UINT8, INT16 -> "int16";
                case UINT16, INT32 -> "int32";
                default -> "int64";
            };
            case FLOAT -> column.type() == DataType.FLOAT32 ? "float" : "double";
        };
    }
}
