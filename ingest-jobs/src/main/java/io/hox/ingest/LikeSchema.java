package io.hox.ingest;

import io.hox.anndata.AnnData;
import io.hox.anndata.H5adFormat;
import io.hox.atlas.AtlasSchema;
import io.hox.atlas.AtlasSchema.ObsTable;
import io.hox.atlas.AtlasSchema.RegistryTable;
import io.hox.atlas.ColumnSpec;
import io.hox.source.Column;
import io.hox.source.DataFrame;
import java.nio.file.Path;
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

    private LikeSchema() {}

    /** @param fields pointer columns: name to feature space */
    public static AtlasSchema of(Path file, String obsTable, Map<String, String> fields) {
        try (AnnData source = H5adFormat.open(file)) {
            List<ColumnSpec> obs = new ArrayList<>();
            obs.add(ColumnSpec.nullable(ObsAlignment.INDEX_COLUMN, "string"));
            obs.addAll(columns(source.obs(), fields.keySet()));
            List<ColumnSpec> var = columns(source.var(), Set.of());
            List<RegistryTable> registries = new ArrayList<>();
            for (String space : Set.copyOf(fields.values())) {
                registries.add(new RegistryTable(space, null, var, null));
            }
            ObsTable cells = new ObsTable(obsTable, new LinkedHashMap<>(fields), obs);
            return new AtlasSchema(List.of(cells), List.of(), registries);
        }
    }

    private static List<ColumnSpec> columns(DataFrame frame, Set<String> taken) {
        List<ColumnSpec> specs = new ArrayList<>();
        for (Column column : frame.columns()) {
            if (!RESERVED.contains(column.name()) && !taken.contains(column.name())) {
                specs.add(ColumnSpec.nullable(columnName(column.name()), type(column)));
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
}
