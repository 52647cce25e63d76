package io.hox.lance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hox.testing.Shared;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every table of the reference atlases, in all generations and storage versions, looks as its writer described it. */
class ReferenceTablesTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @ParameterizedTest
    @FieldSource("io.hox.testing.Shared#ATLASES")
    void tablesHaveTheRecordedSchemaRowsAndVersions(String atlas) throws IOException {
        JsonNode expected = JSON.readTree(Shared.golden(atlas, "tables.json").toFile());
        try (LanceDatabase db = Fixtures.open(atlas)) {
            List<String> names = new ArrayList<>();
            expected.fieldNames().forEachRemaining(names::add);
            assertThat(db.tableNames()).containsExactlyInAnyOrderElementsOf(names);
            for (String name : names) {
                check(db, name, expected.get(name));
            }
        }
    }

    private static void check(LanceDatabase db, String name, JsonNode expected) {
        try (LanceTable table = db.open(name)) {
            assertThat(table.version()).isEqualTo(expected.get("lance_version").asLong());
            assertThat(table.storageVersion())
                    .isEqualTo(expected.get("data_storage_version").asText());
            assertThat(table.countRows(null)).isEqualTo(expected.get("rows").asLong());
            List<FragmentInfo> fragments = table.fragments();
            assertThat(fragments).hasSize(expected.get("fragments").asInt());
            long rows = fragments.stream().mapToLong(FragmentInfo::rows).sum();
            long physical =
                    fragments.stream().mapToLong(FragmentInfo::physicalRows).sum();
            assertThat(rows).isEqualTo(expected.get("rows").asLong());
            assertThat(physical - rows).isEqualTo(expected.get("deleted_rows").asLong());
            assertThat(table.maintenance().indexes())
                    .hasSize(expected.get("indices").size());
            List<String> fields = new ArrayList<>();
            expected.get("arrow_schema").get("fields").forEach(f -> fields.add(describe(f)));
            assertThat(table.schema().getFields().stream().map(ReferenceTablesTest::describe))
                    .as(name)
                    .containsExactlyElementsOf(fields);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"pbmc_two_datasets", "multimodal", "edge_cases", "g2a_homeobox027"})
    void recordedVersionsHoldTheRecordedRows(String atlas) throws IOException {
        JsonNode versions =
                JSON.readTree(Shared.golden(atlas, "list_versions.json").toFile());
        try (LanceDatabase db = Fixtures.open(atlas)) {
            for (JsonNode version : versions) {
                JsonNode tables =
                        JSON.readTree(version.get("obs_table_versions").asText());
                long rows = 0;
                for (var it = tables.fields(); it.hasNext(); ) {
                    var entry = it.next();
                    try (LanceTable obs =
                            db.open(entry.getKey(), entry.getValue().asLong())) {
                        assertThat(obs.version()).isEqualTo(entry.getValue().asLong());
                        rows += obs.countRows(null);
                    }
                }
                assertThat(rows).isEqualTo(version.get("total_rows").asLong());
            }
        }
    }

    @Test
    void filtersCountAsTheReferenceDoes() throws IOException {
        JsonNode counts =
                JSON.readTree(Shared.golden("pbmc_two_datasets", "counts.json").toFile());
        long[] versions = {5, 9};
        try (LanceDatabase db = Fixtures.open("pbmc_two_datasets")) {
            for (int i = 0; i < versions.length; i++) {
                try (LanceTable cells = db.open("cells", versions[i])) {
                    for (JsonNode query : counts.get("v" + i)) {
                        String where = query.get("where").isNull()
                                ? null
                                : query.get("where").asText();
                        assertThat(cells.countRows(where))
                                .as(where)
                                .isEqualTo(query.get("count").asLong());
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"multimodal", "multimodal_lance21"})
    void enumsDatesListsAndAbsentPointersCountAsTheReferenceDoes(String atlas) throws IOException {
        JsonNode counts = JSON.readTree(Shared.golden(atlas, "counts.json").toFile());
        try (LanceDatabase db = Fixtures.open(atlas);
                LanceTable cells = db.open("cells")) {
            String technology = LanceSql.dictionaryColumn("technology");
            assertThat(cells.countRows(technology + " = 'CITE-seq'")).isEqualTo(119);
            assertThat(cells.countRows(LanceSql.inStrings(technology, List.of("RNA only", "multiome"))))
                    .isEqualTo(39);
            assertThat(cells.countRows(LanceSql.column("protein", "zarr_group") + " IS NOT NULL"))
                    .isEqualTo(counts.get("with_protein").asLong());
            int newYear1980 = 3652;
            assertThat(cells.countRows(LanceSql.column("birth") + " < " + LanceSql.date(newYear1980)))
                    .isEqualTo(counts.get("birth_before_1980").asLong());
            for (JsonNode group : counts.get("technology")) {
                JsonNode value = group.get("technology");
                String where = value.isNull()
                        ? technology + " IS NULL"
                        : technology + " = " + LanceSql.literal(value.textValue());
                assertThat(cells.countRows(where))
                        .as(where)
                        .isEqualTo(group.get("count").asLong());
            }
        }
    }

    private static String describe(JsonNode field) {
        return field.get("name").asText() + ":" + field.get("type").asText()
                + (field.get("nullable").asBoolean() ? "" : "!")
                + (field.has("metadata") ? JSON.convertValue(field.get("metadata"), TreeMap.class) : "{}");
    }

    private static String describe(Field field) {
        return field.getName() + ":" + type(field) + (field.isNullable() ? "" : "!")
                + new TreeMap<>(field.getMetadata());
    }

    /** The type in the notation of the recorded schemas. */
    private static String type(Field field) {
        if (field.getDictionary() != null) {
            return "dictionary<values=string, indices=int32, ordered=0>";
        }
        ArrowType type = field.getType();
        String children = field.getChildren().stream()
                .map(child -> child.getName() + ": " + type(child) + (child.isNullable() ? "" : " not null"))
                .collect(Collectors.joining(", "));
        return switch (type.getTypeID()) {
            case Utf8 -> "string";
            case Int -> "int" + ((ArrowType.Int) type).getBitWidth();
            case Bool -> "bool";
            case Binary -> "binary";
            case Date -> "date32[day]";
            case Timestamp -> "timestamp[us]";
            case FloatingPoint -> type.toString().contains("DOUBLE") ? "double" : "float";
            case List -> "list<" + children + ">";
            case FixedSizeList -> "fixed_size_list<" + children + ">[" + ((ArrowType.FixedSizeList) type).getListSize()
                    + "]";
            case Struct -> "struct<" + children + ">";
            default -> type.toString();
        };
    }
}
