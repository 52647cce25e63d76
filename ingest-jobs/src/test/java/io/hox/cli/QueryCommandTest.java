package io.hox.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hox.testing.GoldenParquet;
import io.hox.testing.Shared;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pages, printed rows and files of obs columns. Matrices are compared in {@link GoldenQueryTest}. */
class QueryCommandTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path directory;

    @Test
    void limitsAndOffsetsGiveTheRowsOfTheOriginal() throws IOException {
        JsonNode limits =
                JSON.readTree(Shared.golden("pbmc_two_datasets", "limits.json").toFile());
        for (String name : List.of(
                "limit_10",
                "offset_5_limit_7",
                "offset_1",
                "limit_beyond",
                "offset_beyond",
                "where_offset_3_limit_4")) {
            JsonNode limit = limits.path(name);
            List<Object> command = new ArrayList<>(
                    List.of("query", Shared.atlas("pbmc_two_datasets"), "--columns", "uid", "--format", "csv"));
            option(command, limit, "limit", "--limit");
            option(command, limit, "offset", "--offset");
            option(command, limit, "where", "--where");
            if (name.equals("where_offset_3_limit_4")) {
                command.addAll(List.of("--offset", 3, "--limit", 4));
            }

            List<String> uids = Hox.output(command.toArray()).lines().skip(1).toList();

            assertThat(uids).as(name).hasSize(limit.path("rows").asInt(4));
            for (int i = 0; i < limit.path("uids").size(); i++) {
                assertThat(uids.get(i))
                        .as(name)
                        .isEqualTo(limit.path("uids").get(i).asText());
            }
        }
    }

    @Test
    void limitZeroIsNoRows() {
        Path atlas = Shared.atlas("pbmc_two_datasets");
        Path file = directory.resolve("none.h5ad");

        assertThat(Hox.output("query", atlas, "--limit", 0, "--format", "csv").lines())
                .hasSize(1);
        Hox.output("query", atlas, "--limit", 0, "--out", file);

        assertThat(Anndata.read(file).obsNames()).isEmpty();
        assertThat(Anndata.read(file).varNames()).isEmpty();
        Hox.output("query", atlas, "--limit", 0, "--out", file, "--features", "8b900915333053ab");
        assertThat(Anndata.read(file).varNames()).containsExactly("8b900915333053ab");
    }

    @Test
    void aPageBehindAConditionThatSparkEvaluatesIsTheSameInBothScans() {
        Path atlas = Shared.atlas("pbmc_two_datasets");
        Path file = directory.resolve("page.h5ad");
        List<String> wanted = GoldenParquet.read(Shared.golden("pbmc_two_datasets", "v1/obs_cells.parquet")).stream()
                .filter(row -> row.get("cell_type") != null && ((String) row.get("cell_type")).length() > 7)
                .map(row -> (String) row.get("uid"))
                .toList();
        Hox.session().conf().set("spark.hox.splitBytes", "64k");
        try {
            Hox.output(
                    "query", atlas, "--where", "length(cell_type) > 7", "--offset", 5, "--limit", 700, "--out", file);
            assertThat(Anndata.read(file).obsNames()).isEqualTo(wanted.subList(5, Math.min(705, wanted.size())));
            Hox.output("query", atlas, "--where", "length(cell_type) > 7", "--limit", 30, "--out", file);
            assertThat(Anndata.read(file).obsNames()).isEqualTo(wanted.subList(0, 30));
            Hox.output("query", atlas, "--where", "cell_type is not null", "--offset", 900, "--out", file);
            assertThat(Anndata.read(file).obsNames()).hasSize(6);
        } finally {
            Hox.session().conf().unset("spark.hox.splitBytes");
        }
    }

    @Test
    void rowsArePrinted() throws IOException {
        Path atlas = Shared.atlas("multimodal");

        Hox.Result table = Hox.run("query", atlas, "--obs-table", "cells");
        assertThat(table.exitCode()).isZero();
        assertThat(table.lines()).hasSize(21);
        assertThat(table.lines().get(0)).contains("uid", "technology", "tags").doesNotContain("gene_expression");
        assertThat(table.err()).contains("the first 20 rows");
        Map<?, ?> row = JSON.readValue(
                Hox.output("query", atlas, "--obs-table", "cells", "--limit", 1, "--format", "json"), Map.class);
        Map<String, Object> wanted = GoldenParquet.read(Shared.golden("multimodal", "v0/obs_cells.parquet"))
                .get(0);
        assertThat(row.get("uid")).isEqualTo(wanted.get("uid"));
        assertThat(row.get("tags")).isEqualTo(wanted.get("tags"));
        assertThat(row.get("blob")).isEqualTo(GoldenValues.plain(wanted).get("blob"));
    }

    @Test
    void obsAsCsv() throws IOException {
        Path file = directory.resolve("sub/obs.csv");

        Hox.output("query", Shared.atlas("multimodal"), "--obs-table", "cells", "--out", file);

        List<String> lines = Files.readAllLines(file);
        assertThat(lines).hasSize(179);
        assertThat(lines.get(0))
                .isEqualTo("uid,dataset_uid,technology,donor_uid,tags,scores,embedding,birth,blob,n_counts,rank");
        assertThat(directory.resolve("sub").toFile().list()).containsExactly("obs.csv");
    }

    @Test
    void obsAsParquet() throws IOException {
        Path file = Files.writeString(directory.resolve("obs.parquet"), "an older file");

        Hox.output("query", Shared.atlas("pbmc_two_datasets"), "--version", 0, "--out", file);

        List<Map<String, Object>> rows = GoldenParquet.read(file);
        assertThat(rows).isEqualTo(GoldenParquet.read(Shared.golden("pbmc_two_datasets", "v0/obs_cells.parquet")));
        assertThat(directory.toFile().list()).containsExactly("obs.parquet");
    }

    @Test
    void aPageOfChosenColumnsAsParquet() {
        Path file = directory.resolve("obs.parquet");

        Hox.output(
                "query",
                Shared.atlas("g1_lancell"),
                "--columns",
                "cell_type, uid",
                "--offset",
                7,
                "--limit",
                2,
                "--out",
                file);

        List<Map<String, Object>> rows = GoldenParquet.read(file);
        List<Map<String, Object>> all = GoldenParquet.read(Shared.golden("g1_lancell", "v1/obs_cells.parquet"));
        assertThat(rows).hasSize(2);
        assertThat(rows.get(0).keySet()).containsExactly("cell_type", "uid");
        assertThat(rows.get(0).get("uid")).isEqualTo(all.get(7).get("uid"));
    }

    @Test
    void featuresFromAFileByAnyColumn() throws IOException {
        Path list = Files.writeString(directory.resolve("genes.txt"), "ZNF134\n\n CHMP6 \n");
        Path file = directory.resolve("panel.h5ad");

        Hox.output(
                "query",
                Shared.atlas("pbmc_two_datasets"),
                "--features",
                "@" + list,
                "--feature-key",
                "gene_name",
                "--out",
                file);

        assertThat(Anndata.read(file).var().get("gene_name")).containsExactly("ZNF134", "CHMP6");
        assertThat(Anndata.read(file).obsNames()).hasSize(950);
    }

    @Test
    void conditionsOnOtherPointerColumns() {
        Path file = directory.resolve("x.h5ad");
        Path atlas = Shared.atlas("multimodal");

        Hox.output(
                "query",
                atlas,
                "--obs-table",
                "cells",
                "--field",
                "protein",
                "--where",
                "gene_expression IS NOT NULL AND rank < 6",
                "--out",
                file,
                "--features",
                "ba4d4b1e71a65a9a");
        assertThat(Anndata.read(file).varNames()).containsExactly("ba4d4b1e71a65a9a");

        Hox.output(
                "query",
                atlas,
                "--obs-table",
                "cells",
                "--field",
                "gene_expression",
                "--where",
                "protein IS NULL",
                "--out",
                file);
        List<Map<String, Object>> pointers =
                GoldenParquet.read(Shared.golden("multimodal", "v0/pointers_cells.parquet"));
        assertThat(Anndata.read(file).obsNames()).hasSize((int) pointers.stream()
                .filter(row -> isAbsent(row.get("protein.zarr_group")))
                .filter(row -> !isAbsent(row.get("gene_expression.zarr_group")))
                .count());
    }

    private static boolean isAbsent(Object group) {
        return group == null || group.equals("");
    }

    @Test
    void aLayerThatSomeCellsLackIsAnError() {
        Hox.Result result = Hox.run(
                "query",
                Shared.atlas("multimodal"),
                "--obs-table",
                "cells",
                "--field",
                "protein",
                "--layers",
                "clr_normalized",
                "--out",
                directory.resolve("x.h5ad"));

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err()).contains("has no layer clr_normalized").contains("--layers");
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void valuesBeyondTheJavaRangeAreAnError() {
        Hox.Result result = Hox.run(
                "query",
                Shared.atlas("edge_cases"),
                "--where",
                "uid LIKE 'large_counts%'",
                "--out",
                directory.resolve("x.h5ad"));

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err()).contains("large_counts-0", "counts", "2147483648");
        assertThat(directory).isEmptyDirectory();
    }

    private static void option(List<Object> command, JsonNode limit, String key, String option) {
        if (limit.hasNonNull(key)) {
            command.addAll(List.of(option, limit.path(key).asText()));
        }
    }
}
