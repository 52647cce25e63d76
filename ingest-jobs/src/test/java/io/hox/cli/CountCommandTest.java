package io.hox.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hox.testing.GoldenParquet;
import io.hox.testing.Shared;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code hox count} counts what the original software counted. */
class CountCommandTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void predicates(int version) throws IOException {
        JsonNode counts = JSON.readTree(
                        Shared.golden("pbmc_two_datasets", "counts.json").toFile())
                .path("v" + version);
        assertThat(counts).isNotEmpty();
        for (Map.Entry<String, JsonNode> count : counts.properties()) {
            List<Object> command =
                    new ArrayList<>(List.of("count", Shared.atlas("pbmc_two_datasets"), "--version", version));
            if (count.getValue().hasNonNull("where")) {
                command.addAll(List.of("--where", count.getValue().path("where").asText()));
            }
            assertThat(Hox.output(command.toArray()).strip())
                    .as(count.getKey())
                    .isEqualTo(count.getValue().path("count").asText());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0, count_by_batch, batch, ",
        "0, count_by_cell_type, cell_type, ",
        "1, count_by_cell_type, cell_type, ",
        "1, count_by_cell_type_is_train, 'cell_type,is_train', ",
        "1, count_by_cell_type_where_train, cell_type, is_train",
        "1, count_by_dataset_uid, dataset_uid, "
    })
    void groups(int version, String golden, String columns, String where) throws IOException {
        List<Object> command = new ArrayList<>(List.of(
                "count",
                Shared.atlas("pbmc_two_datasets"),
                "--version",
                version,
                "--group-by",
                columns,
                "--format",
                "json"));
        if (where != null) {
            command.addAll(List.of("--where", where));
        }

        List<Map<?, ?>> rows = new ArrayList<>();
        for (String line : Hox.output(command.toArray()).lines().toList()) {
            rows.add(JSON.readValue(line, Map.class));
        }

        Path file = Shared.golden("pbmc_two_datasets", "v" + version + "/" + golden + ".parquet");
        List<Map<String, Object>> wanted = GoldenParquet.read(file);
        assertThat(rows).hasSameSizeAs(wanted);
        for (int i = 0; i < wanted.size(); i++) {
            assertThat(texts(rows.get(i))).as("row " + i).isEqualTo(texts(wanted.get(i)));
        }
    }

    @Test
    void presenceAndOtherTables() {
        Path atlas = Shared.atlas("multimodal");

        assertThat(Hox.output("count", atlas, "--obs-table", "nuclei")).isEqualToIgnoringNewLines("15");
        assertThat(Hox.output("count", atlas, "--obs-table", "cells", "--where", "protein IS NOT NULL"))
                .isEqualToIgnoringNewLines("123");
        assertThat(Hox.output("count", atlas, "--obs-table", "cells", "--where", "birth < date'1980-01-01'"))
                .isEqualToIgnoringNewLines("81");
        assertThat(Hox.output("count", atlas, "--obs-table", "cells", "--group-by", "technology", "--format", "csv"))
                .isEqualToIgnoringNewLines(
                        "technology,count,20CITE-seq,119RNA only,35multiome,4".replace(",20", "\n,20\n"));
        assertThat(Hox.run("count", atlas).err()).contains("cells", "nuclei");
    }

    @Test
    void everyGeneration() {
        assertThat(Hox.output("count", Shared.atlas("g1_lancell"), "--version", 0))
                .isEqualToIgnoringNewLines("280");
        assertThat(Hox.output("count", Shared.atlas("g1c_homeobox023"), "--where", "image_features IS NOT NULL"))
                .isEqualToIgnoringNewLines("30");
        assertThat(Hox.output("count", Shared.atlas("edge_cases"), "--version", 0))
                .isEqualToIgnoringNewLines("61");
    }

    @Test
    void printedAsTableCsvAndJson() {
        Path atlas = Shared.atlas("pbmc_two_datasets");

        assertThat(Hox.output("count", atlas, "--format", "csv").lines()).containsExactly("count", "950");
        assertThat(Hox.output("count", atlas, "--format", "JSON").lines()).containsExactly("{\"count\":950}");
        assertThat(Hox.output("count", atlas, "--group-by", "is_train").lines())
                .hasSize(3)
                .first()
                .asString()
                .containsPattern("is_train +count");
    }

    private static Map<String, String> texts(Map<?, ?> row) {
        Map<String, String> texts = new java.util.TreeMap<>();
        row.forEach((column, value) -> texts.put((String) column, Objects.toString(value)));
        return texts;
    }
}
