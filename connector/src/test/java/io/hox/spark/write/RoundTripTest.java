package io.hox.spark.write;

import static io.hox.testing.SparkTest.read;
import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;

import io.hox.testing.Shared;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a read of an atlas gives can be appended to another one, which then answers the same. */
class RoundTripTest {
    @TempDir
    Path directory;

    @Test
    void raggedPanelsStayWhatTheyAre() {
        TestAtlas target = TestAtlas.create(
                directory.resolve("atlas"),
                """
                {"obs": {"cells": {"pointers": {"gene_expression": "gene_expression"}, "columns": {
                   "cell_type": "enum", "n_counts": "double", "n_genes": "int64", "percent_mito": "double",
                   "batch": {"type": "string", "nullable": false}, "is_train": "bool", "collected_at": "timestamp"}}},
                 "datasets": {"columns": {"title": "string", "donors": "int64"}},
                 "registries": {"gene_expression": {"columns": {
                   "gene_name": {"type": "string", "nullable": false}, "n_cells": "int64", "highly_variable": "bool"}}}}
                """);
        Dataset<Row> cells = read("pbmc_two_datasets").repartition(3, col("n_counts"));

        target.append(
                cells,
                "featuresFrom",
                Shared.atlas("pbmc_two_datasets").toString(),
                "datasetUid",
                "copy",
                "dataset.title",
                "a copy",
                "dataset.donors",
                "3");

        assertThat(target.publish().findings()).isEmpty();
        assertSame("pbmc_two_datasets", target, Map.of("gene_expression", "gene_expression"));
        // Three tasks; in each of them the three layouts, which are five groups for their layers.
        assertThat(target.datasets())
                .allMatch(row -> row.datasetUid().matches("copy-part-[0-2](-[1-3])?"))
                .allMatch(row -> "a copy".equals(row.extra().get("title"))
                        && (Long) row.extra().get("donors") == 3)
                .hasSizeBetween(9, 12);
        Row feature = target.read("axis", "features")
                .where("gene_name = 'ZNF134'")
                .select("uid", "n_cells")
                .first();
        assertThat(feature)
                .isEqualTo(read("pbmc_two_datasets", "axis", "features")
                        .where("gene_name = 'ZNF134'")
                        .select("uid", "n_cells")
                        .first());
    }

    @Test
    void severalModalitiesAndEveryTypeOfColumn() {
        TestAtlas target = TestAtlas.create(
                directory.resolve("atlas"),
                """
                {"obs": {"cells": {"pointers": {"gene_expression": "gene_expression", "protein": "protein_abundance"},
                   "columns": {"technology": "enum", "donor_uid": "string", "tags": "list<string>",
                   "scores": "list<double>", "embedding": "vector[8]", "birth": "date", "blob": "binary",
                   "n_counts": "double", "rank": "int64"}}},
                 "registries": {"gene_expression": {}, "protein_abundance": {"columns": {"protein_name": "string"}}}}
                """);
        Dataset<Row> cells = read("multimodal", "obsTable", "cells");

        target.append(
                cells.repartition(2), "featuresFrom", Shared.atlas("multimodal").toString());

        assertThat(target.publish().findings()).isEmpty();
        assertSame(
                "multimodal",
                target,
                Map.of("gene_expression", "gene_expression", "protein", "protein_abundance"),
                "obsTable",
                "cells");
    }

    @Test
    void spacesThatAreNotBuiltIn() {
        TestAtlas target = TestAtlas.create(
                directory.resolve("atlas"),
                """
                {"obs": {"cells": {"pointers": {"long": "long_counts", "ln": "lognorm_rna"},
                   "columns": {"kind": "string"}}},
                 "registries": {"long_counts": {"table": "genes"}, "lognorm_rna": {"table": "genes"}}}
                """,
                "{\"long_counts\": {\"kind\": \"sparse\"}, \"lognorm_rna\": {\"kind\": \"dense\"}}");

        target.append(
                read("custom_space"),
                "featuresFrom",
                Shared.atlas("custom_space").toString());

        assertThat(target.publish().findings()).isEmpty();
        assertSame("custom_space", target, Map.of("long", "long_counts", "ln", "lognorm_rna"));
    }

    @Test
    void atlasesOfTheFirstGeneration() {
        TestAtlas target = TestAtlas.create(
                directory.resolve("atlas"),
                """
                {"obs": {"cells": {"pointers": {"gene_expression": "gene_expression"},
                   "columns": {"cell_type": "string", "n_genes": "int64", "score": "double", "flag": "bool"}}},
                 "registries": {"gene_expression": {"columns": {"gene_name": "string"}}}}
                """);

        String source = Shared.atlas("g1_lancell").toString();

        target.append(read("g1_lancell").drop("image_features"), "featuresFrom", source);

        assertThat(target.publish().findings()).isEmpty();
        assertSame("g1_lancell", target, Map.of("gene_expression", "gene_expression"), "fields", "gene_expression");
    }

    /** @param spaces feature space by field */
    private static void assertSame(String source, TestAtlas copy, Map<String, String> spaces, String... options) {
        Map<String, List<String>> namesBefore = new LinkedHashMap<>();
        Map<String, List<String>> namesAfter = new LinkedHashMap<>();
        for (String field : spaces.keySet()) {
            String[] featuresOf = {"fields", field, "axis", "features"};
            Dataset<Row> before = read(source, concat(options, featuresOf));
            Dataset<Row> after = copy.read(concat(options, featuresOf));
            namesBefore.put(field, TestAtlas.featureNames(before));
            namesAfter.put(field, TestAtlas.featureNames(after));
            assertThat(CellContents.measured(copy.read(), after, field))
                    .as("measured features of " + field)
                    .isEqualTo(CellContents.measured(read(source, options), before, field));
        }
        assertThat(CellContents.of(copy.read(), namesAfter))
                .isEqualTo(CellContents.of(read(source, options), namesBefore));
    }

    private static String[] concat(String[] some, String[] more) {
        String[] all = Arrays.copyOf(some, some.length + more.length);
        System.arraycopy(more, 0, all, some.length, more.length);
        return all;
    }
}
