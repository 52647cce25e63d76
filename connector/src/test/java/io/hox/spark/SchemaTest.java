package io.hox.spark;

import static io.hox.testing.SparkTest.read;
import static io.hox.testing.SparkTest.spark;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The columns of a read. */
class SchemaTest {

    @Test
    void metadataComesFirstAndPointersBecomeStructs() {
        assertThat(read("multimodal", "obsTable", "cells").schema().catalogString())
                .isEqualTo("struct<uid:string,dataset_uid:string,technology:string,donor_uid:string,tags:array<string>,"
                        + "scores:array<double>,embedding:array<float>,birth:date,blob:binary,n_counts:double,"
                        + "rank:bigint,gene_expression:struct<zarr_group:string,zarr_row:bigint,indices:array<int>,"
                        + "counts:array<int>,log_normalized:array<float>,tpm:array<float>>,"
                        + "protein:struct<zarr_group:string,zarr_row:bigint,indices:array<int>,counts:array<int>,"
                        + "clr_normalized:array<float>,dsb_normalized:array<float>>>");
        StructType pbmc = read("pbmc_two_datasets").schema();
        assertThat(pbmc.apply("uid").nullable()).isFalse();
        assertThat(pbmc.apply("cell_type").nullable()).isTrue();
        assertThat(pbmc.apply("is_train").nullable()).isFalse();
        assertThat(pbmc.apply("collected_at").dataType().catalogString()).isEqualTo("timestamp_ntz");
        assertThat(pbmc.apply("gene_expression").nullable()).isTrue();
    }

    @Test
    void spacesWithoutFeaturesShowTheirPointers() {
        StructType images = read("images").schema();
        assertThat(images.apply("cycle1_tiles").dataType().catalogString())
                .isEqualTo("struct<zarr_group:string,zarr_row:bigint>");
        assertThat(images.apply("crop").dataType().catalogString())
                .isEqualTo("struct<zarr_group:string,min_corner:array<bigint>,max_corner:array<bigint>>");
        assertThat(read("g1c_homeobox023")
                        .schema()
                        .apply("chromatin_accessibility")
                        .dataType()
                        .catalogString())
                .isEqualTo("struct<zarr_group:string,zarr_row:bigint,start:bigint,end:bigint>");
    }

    @Test
    void firstGenerationLayersWidenToWhatTheGroupsHold() {
        assertThat(read("g1_lancell")
                        .schema()
                        .apply("gene_expression")
                        .dataType()
                        .catalogString())
                .contains("counts:array<double>");
        assertThat(read("custom_space").schema().apply("long").dataType().catalogString())
                .contains("Unique:array<bigint>", "UniqueAndMult-EM:array<float>");
    }

    @Test
    void usersMayDescribeTheirSpaces(@TempDir Path directory) throws IOException {
        String json = "{\"lognorm_rna\": {\"kind\": \"dense\", \"layers\":"
                + " {\"log_normalized\": {\"types\": [\"float32\"], \"required\": true}}}}";
        Path file = Files.writeString(directory.resolve("spaces.json"), json);
        for (String description : new String[] {json, file.toString()}) {
            StructType schema = read("custom_space", "featureSpaces", description, "fields", "ln")
                    .schema();
            assertThat(schema.apply("ln").dataType().catalogString()).endsWith("log_normalized:array<float>>");
            assertThat(schema.getFieldIndex("long").isEmpty()).isTrue();
        }
    }

    @Test
    void timestampsAgainstLocalTimesArePushedOnlyWhereTheZoneNeverChanges() {
        String condition = "collected_at >= timestamp '2024-02-10 12:00:00'";
        long expected = read("pbmc_two_datasets").where(condition).count();
        for (String zone : new String[] {"UTC", "+05:30", "Europe/Berlin"}) {
            spark().conf().set("spark.sql.session.timeZone", zone);
            try {
                var cells = read("pbmc_two_datasets").where(condition);
                String plan = FilterTest.plan(cells);
                assertThat(plan.contains("left to Spark: nothing")).as(zone).isEqualTo(!zone.contains("/"));
                assertThat(cells.count()).as(zone).isEqualTo(expected);
            } finally {
                spark().conf().set("spark.sql.session.timeZone", "UTC");
            }
        }
    }
}
