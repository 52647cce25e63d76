package io.hox.tenx;

import io.hox.mtx.LineReader;
import io.hox.mtx.TextFile;
import io.hox.source.Column;
import io.hox.source.DataFrame;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The features of a matrix. As a table its index is the identifier, which is distinct where names are not; the columns
 * are named as scanpy names them.
 *
 * @param ids identifiers, Ensembl's mostly
 * @param names symbols
 * @param types what was measured, such as {@code Gene Expression}; null where that is not said
 * @param more other columns by name
 */
record FeatureTable(String[] ids, String[] names, String[] types, Map<String, String[]> more) {
    /** More are taken for damage: they are held in memory. */
    private static final int MOST = 1 << 24;

    /** Reads {@code genes.tsv} (identifier, name) or {@code features.tsv} (identifier, name, type, ...). */
    static FeatureTable read(TextFile file) {
        List<String> ids = new ArrayList<>();
        List<String> names = new ArrayList<>();
        List<String> types = new ArrayList<>();
        Map<String, String> known = new LinkedHashMap<>();
        try (LineReader lines = file.open()) {
            while (lines.next()) {
                String id = lines.field(0);
                if (id == null || id.isBlank()) {
                    throw file.failure(lines.number(), "names no feature. Every line begins with an identifier");
                }
                if (ids.size() == MOST) {
                    throw file.failure(lines.number(), "is one more than the " + MOST + " features that can be read");
                }
                String name = lines.field(1);
                String type = lines.field(2);
                ids.add(id);
                names.add(name == null ? id : name);
                if (type != null) {
                    types.add(known.computeIfAbsent(type, same -> same));
                }
                if (types.size() != (types.isEmpty() ? 0 : ids.size())) {
                    throw file.failure(
                            lines.number(),
                            "has " + (type == null ? "no" : "a")
                                    + " feature type, unlike those before it. Give all lines the same columns");
                }
            }
        }
        return new FeatureTable(
                ids.toArray(String[]::new),
                names.toArray(String[]::new),
                types.isEmpty() ? null : types.toArray(String[]::new),
                Map.of());
    }

    int count() {
        return ids.length;
    }

    /** The features of these numbers. */
    FeatureTable subset(int[] which) {
        Map<String, String[]> others = new LinkedHashMap<>();
        more.forEach((name, values) -> others.put(name, pick(values, which)));
        return new FeatureTable(pick(ids, which), pick(names, which), pick(types, which), others);
    }

    private static String[] pick(String[] from, int[] which) {
        if (from == null) {
            return null;
        }
        String[] picked = new String[which.length];
        for (int i = 0; i < which.length; i++) {
            picked[i] = from[which[i]];
        }
        return picked;
    }

    DataFrame var() {
        List<Column> columns = new ArrayList<>();
        columns.add(Column.strings("gene_ids", ids));
        columns.add(Column.strings("gene_symbols", names));
        if (types != null) {
            columns.add(Column.strings("feature_types", types));
        }
        more.forEach((name, values) -> columns.add(Column.strings(name, values)));
        return DataFrame.of("ids", ids, columns);
    }
}
