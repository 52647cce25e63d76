package io.hox.spark;

import static io.hox.testing.SparkTest.spark;
import static org.assertj.core.api.Assertions.assertThat;

import io.hox.atlas.AtlasUri;
import io.hox.atlas.AtlasWriter;
import io.hox.atlas.FeatureSpaces;
import io.hox.lance.LanceDatabase;
import io.hox.lance.LanceTable;
import io.hox.testing.Shared;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A read sees the snapshot that was the latest when it was made, whatever others commit meanwhile. */
class PinnedSnapshotTest {

    @Test
    void othersCommitsAreSeenByLaterReadsOnly(@TempDir Path directory) throws IOException {
        Path atlas = directory.resolve("atlas");
        copy(Shared.atlas("pbmc_two_datasets"), atlas);
        Dataset<Row> before = spark().read().format("hox").load(atlas.toString());
        Dataset<Row> planned = before.where("gene_expression IS NOT NULL").select("uid", "gene_expression.counts");
        planned.queryExecution().executedPlan();

        AtlasUri uri = AtlasUri.resolve(atlas.toString(), null);
        try (LanceTable cells = LanceDatabase.open(uri.database(), Map.of()).open("cells")) {
            cells.change("is_train", List.of());
        }
        Dataset<Row> unsnapshotted = spark().read().format("hox").load(atlas.toString());
        try (AtlasWriter writer = AtlasWriter.open(uri, Map.of(), FeatureSpaces.none())) {
            writer.snapshot();
        }

        assertThat(planned.collectAsList()).hasSize(950);
        assertThat(before.count()).isEqualTo(950);
        assertThat(before.where("is_train").count()).isEqualTo(666);
        assertThat(unsnapshotted.count()).isEqualTo(950);
        Dataset<Row> after = spark().read().format("hox").load(atlas.toString());
        assertThat(after.count()).isEqualTo(284);
        assertThat(after.where("is_train").count()).isZero();
        assertThat(after.selectExpr("gene_expression.indices").collectAsList()).hasSize(284);
        assertThat(spark().read()
                        .format("hox")
                        .option("version", 1)
                        .load(atlas.toString())
                        .count())
                .isEqualTo(950);
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                    target.toFile().setWritable(true);
                }
            }
        }
    }
}
