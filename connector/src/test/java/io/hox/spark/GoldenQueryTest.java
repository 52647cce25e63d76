package io.hox.spark;

import static io.hox.testing.SparkTest.read;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hox.testing.GoldenParquet;
import io.hox.testing.Shared;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every matrix that the original software returned: union, intersection, pinned features, layers, limits. */
class GoldenQueryTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** Small enough for several splits of nearly every query. */
    private static final String SPLIT_BYTES = "100000";

    private static final Map<String, Map<Long, String>> FEATURES = new HashMap<>();

    static Stream<Arguments> queries() {
        List<Arguments> queries = new ArrayList<>();
        for (String atlas : Shared.ATLASES) {
            File[] directories = Shared.golden(atlas, "versions.json")
                    .resolveSibling("queries")
                    .toFile()
                    .listFiles();
            for (File directory : directories == null ? new File[0] : directories) {
                // Its answer names no cells.
                if (!directory.getName().equals("v1_select_no_uid")) {
                    queries.add(Arguments.of(atlas, directory.getName()));
                }
            }
        }
        return queries.stream();
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("queries")
    void matrixEqualsTheOriginals(String atlas, String name) throws IOException {
        Path directory = Shared.golden(atlas, "queries/" + name);
        JsonNode result = JSON.readTree(directory.resolve("result.json").toFile());
        List<String> layers = new ArrayList<>();
        result.path("layers").fieldNames().forEachRemaining(layers::add);

        Query query = query(atlas, name, result.path("query"), layers);
        Map<String, Map<String, Object>> actual = entries(query, layers);

        assertThat(query.cells.count()).isEqualTo(result.path("n_obs").asLong());
        if (Files.exists(directory.resolve("entries.parquet"))) {
            compare(GoldenParquet.read(directory.resolve("entries.parquet")), actual, layers, isSparse(result));
        }
    }

    private record Query(Dataset<Row> cells, String field, String featureSpace, String atlas, String version) {}

    private static Query query(String atlas, String name, JsonNode query, List<String> layers) {
        String version = name.startsWith("v1_") ? "1" : "0";
        String table = name.equals("rna_nuclei") ? "nuclei" : "cells";
        JsonNode features = query.path("features");
        String space = query.path("space")
                .asText(features.isObject() ? features.fieldNames().next() : null);
        String field = query.path("select_fields").path(0).asText(null);
        List<String> options = new ArrayList<>(List.of("version", version, "obsTable", table));
        options.addAll(List.of("splitBytes", SPLIT_BYTES, "batchRows", "37", "batchBytes", "4000"));
        if (field == null) {
            field = fieldOf(atlas, table, space);
        }
        options.addAll(List.of("fields", field));
        if (!layers.isEmpty()) {
            options.addAll(List.of("layers", String.join(",", layers)));
        }
        if (!features.isMissingNode()) {
            JsonNode list = features.isObject() ? features.elements().next() : features;
            options.addAll(List.of("features", list.toString()));
        }
        options.addAll(List.of("featureJoin", query.path("feature_join").asText("union")));
        Dataset<Row> cells = read(atlas, options.toArray(new String[0]));
        if (query.has("where")) {
            cells = cells.where(query.path("where").asText());
        }
        cells = cells.where(field + " IS NOT NULL");
        if (query.has("offset")) {
            cells = cells.offset(query.path("offset").asInt());
        }
        if (query.has("limit")) {
            cells = cells.limit(query.path("limit").asInt());
        }
        return new Query(cells, field, space, atlas, version);
    }

    /** The original takes the column of a space, or the first one that makes a matrix. */
    private static String fieldOf(String atlas, String table, String space) {
        StructType schema = read(atlas, "obsTable", table).schema();
        Map<String, String> renamed = Map.of("gene_expression", "rna", "image_features", "features");
        for (StructField field : schema.fields()) {
            boolean named = field.name().equals(space)
                    || field.name().equals(renamed.getOrDefault(String.valueOf(space), ""))
                    || ("protein_abundance".equals(space) && field.name().equals("protein"));
            if (field.dataType() instanceof StructType && (space == null || named)) {
                return field.name();
            }
        }
        throw new AssertionError(space);
    }

    /** By cell and feature uid: the values of the layers. */
    private static Map<String, Map<String, Object>> entries(Query query, List<String> layers) {
        Map<Long, String> features = features(query.atlas, query.version, query.field);
        List<String> columns = new ArrayList<>(List.of("uid", query.field + ".indices as indices"));
        for (String layer : layers) {
            columns.add(query.field + ".`" + layer + "` as `" + layer + "`");
        }
        Map<String, Map<String, Object>> entries = new HashMap<>();
        for (Row row : query.cells.selectExpr(columns.toArray(new String[0])).collectAsList()) {
            Map<String, Object> cell = Rows.plain(row);
            List<?> indices = (List<?>) cell.get("indices");
            long previous = -1;
            for (int i = 0; i < indices.size(); i++) {
                long index = (Long) indices.get(i);
                check(index > previous, "indices ascend");
                previous = index;
                Map<String, Object> values = new HashMap<>();
                for (String layer : layers) {
                    values.put(layer, ((List<?>) cell.get(layer)).get(i));
                }
                entries.put(cell.get("uid") + "/" + features.get(index), values);
            }
        }
        return entries;
    }

    private static Map<Long, String> features(String atlas, String version, String field) {
        return FEATURES.computeIfAbsent(atlas + version + field, key -> {
            Map<Long, String> features = new HashMap<>();
            Dataset<Row> rows = read(atlas, "version", version, "axis", "features", "fields", field);
            for (Row row : rows.select("global_index", "uid").distinct().collectAsList()) {
                features.put(row.getLong(0), row.getString(1));
            }
            return features;
        });
    }

    private static boolean isSparse(JsonNode result) {
        return result.path("layers").elements().next().path("kind").asText().equals("csr");
    }

    private static void compare(
            List<Map<String, Object>> golden,
            Map<String, Map<String, Object>> actual,
            List<String> layers,
            boolean sparse) {
        Set<String> expected = new HashSet<>();
        for (Map<String, Object> entry : golden) {
            String key = entry.get("uid") + "/" + entry.get("feature_uid");
            Map<String, Object> values = actual.get(key);
            for (String layer : layers) {
                Object value = entry.get(layer);
                if (values != null) {
                    check(Double.compare(number(values.get(layer)), number(value)) == 0, key);
                } else {
                    // The original fills a dense matrix up with zeros where a dataset did not measure the feature.
                    check(!sparse && number(value) == 0, key);
                }
            }
            expected.add(key);
        }
        Set<String> unexpected = new HashSet<>(actual.keySet());
        unexpected.removeAll(expected);
        assertThat(unexpected).isEmpty();
    }

    // Assertion objects for every value would take longer than the reads.
    private static void check(boolean holds, String what) {
        if (!holds) {
            throw new AssertionError(what);
        }
    }

    private static double number(Object value) {
        return ((Number) value).doubleValue();
    }
}
