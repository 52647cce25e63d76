package io.hox.spark.write;

import static io.hox.testing.SparkTest.spark;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hox.atlas.AtlasUri;
import io.hox.atlas.FeatureSpaces;
import io.hox.spark.write.AppendRequest.Place;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.connector.write.BatchWrite;
import org.apache.spark.sql.connector.write.DataWriter;
import org.apache.spark.sql.connector.write.DataWriterFactory;
import org.apache.spark.sql.connector.write.WriterCommitMessage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tasks that are tried again, run twice at once or vanish with their executor: one attempt counts, nothing remains. */
class AttemptsTest {
    private static final int TASKS = 2;

    @TempDir
    Path directory;

    private TestAtlas atlas;
    private Dataset<Row> rows;
    private BatchWrite batch;
    private DataWriterFactory factory;

    @BeforeEach
    void plan() {
        atlas = TestAtlas.create(
                directory.resolve("atlas"),
                """
                {"obs": {"cells": {"pointers": {"rna": "gene_expression"}, "columns": {"n": "int64"}}},
                 "registries": {"gene_expression": {}}}
                """);
        rows = spark().range(10).selectExpr("id AS n", "array(int(id % 2)) AS indices", "array(int(id)) AS counts");
        batch = planned("d").toBatch();
        factory = batch.createBatchWriterFactory(() -> TASKS);
    }

    @Test
    void losersRemoveTheirGroupsAndLostOnesAreRemoved() throws IOException {
        DataWriter<InternalRow> lost = started(0, 100);
        DataWriter<InternalRow> winner = started(0, 101);
        DataWriter<InternalRow> speculative = started(0, 102);
        WriterCommitMessage first = winner.commit();
        winner.close();
        speculative.abort();
        speculative.close();
        assertThat(atlas.groups()).hasSize(2);
        lost.commit(); // its executor died before it could tell

        batch.commit(new WriterCommitMessage[] {first, written(1, 103)});

        assertThat(atlas.groups()).hasSize(2).allMatch(group -> group.matches("d/rna-[0-9a-f]{8}-[01]-10[13]"));
        assertThat(atlas.findings()).isEmpty();
        assertThat(atlas.publish().read().groupBy("dataset_uid").count().collectAsList())
                .extracting(row -> row.getString(0) + " " + row.getLong(1))
                .containsExactlyInAnyOrder("d-part-0 10", "d-part-1 10");
    }

    @Test
    void anAbortedWriteLeavesNoGroup() throws IOException {
        DataWriter<InternalRow> lost = started(1, 100);
        lost.commit();

        batch.abort(new WriterCommitMessage[] {written(0, 101), null});

        assertThat(atlas.groups()).isEmpty();
        assertThat(directory.resolve("atlas/zarr_store/d")).doesNotExist();
        assertThat(atlas.findings()).isEmpty();
        assertThat(atlas.publish().read().count()).isZero();
    }

    @Test
    void ofTwoWritesOfOneDatasetTheFirstToCommitWins() throws IOException {
        BatchWrite other = planned("d").toBatch();
        DataWriterFactory otherFactory = other.createBatchWriterFactory(() -> 1);
        WriterCommitMessage mine = written(0, 1);
        DataWriter<InternalRow> writer = otherFactory.createWriter(0, 2);
        fill(writer);
        WriterCommitMessage[] theirs = {writer.commit()};
        writer.close();
        batch.commit(new WriterCommitMessage[] {mine});

        assertThatThrownBy(() -> other.commit(theirs)).hasMessageContaining("from another writer meanwhile");
        other.abort(theirs);

        assertThat(atlas.groups()).hasSize(1);
        assertThat(atlas.datasets()).hasSize(1);
        assertThat(atlas.publish().read().count()).isEqualTo(10);
        assertThat(atlas.findings()).isEmpty();
    }

    private AppendWrite planned(String datasetUid) {
        AppendRequest request = new AppendRequest(
                new Place(AtlasUri.resolve(atlas.path().toString(), null), Map.of()),
                FeatureSpaces.none(),
                null,
                null,
                null,
                null,
                Map.of("", List.of("A", "B")),
                null,
                datasetUid,
                Map.of(),
                false,
                false);
        String queryId = UUID.randomUUID().toString();
        return new AppendPlanner(request, rows.schema(), queryId).plan();
    }

    private WriterCommitMessage written(int partition, long task) throws IOException {
        try (DataWriter<InternalRow> writer = started(partition, task)) {
            return writer.commit();
        }
    }

    private DataWriter<InternalRow> started(int partition, long task) throws IOException {
        DataWriter<InternalRow> writer = factory.createWriter(partition, task);
        fill(writer);
        return writer;
    }

    private void fill(DataWriter<InternalRow> writer) throws IOException {
        for (InternalRow row : rows.queryExecution().executedPlan().executeCollect()) {
            writer.write(row);
        }
    }
}
