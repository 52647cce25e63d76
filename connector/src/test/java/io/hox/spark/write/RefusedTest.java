package io.hox.spark.write;

import static io.hox.testing.SparkTest.spark;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.hox.HoxException;
import io.hox.atlas.AtlasWriter;
import io.hox.testing.Directories;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What does not fit is refused before anything is written, and a write that fails leaves nothing behind. */
class RefusedTest {
    private static final String SCHEMA =
            """
            {"obs": {"cells": {"pointers": {"rna": "gene_expression", "tiles": "image_tiles"},
                               "columns": {"batch": {"type": "string", "nullable": false}, "n": "int64", "age": "float",
                                           "seen": "timestamp", "place": "vector[2]"}}},
             "datasets": {"columns": {"organism": {"type": "string", "nullable": false}, "donors": "int64"}},
             "registries": {"gene_expression": {"columns": {"symbol": {"type": "string", "nullable": false}}}}}
            """;

    @TempDir
    Path directory;

    private TestAtlas atlas;

    @BeforeEach
    void create() {
        atlas = TestAtlas.create(directory.resolve("atlas"), SCHEMA);
        atlas.use(writer -> writer.registerFeatures(
                "gene_expression",
                List.of(
                        Map.of("uid", "A", "symbol", "a"),
                        Map.of("uid", "B", "symbol", "b"),
                        Map.of("uid", "C", "symbol", "c"))));
        atlas.use(AtlasWriter::optimize);
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "'b' AS batch, array(0) AS indices, array(1) AS counts, 3 AS m|| no column for m; its columns are uid, batch",
                "'b' AS batch, array(0) AS indices, array(1) AS counts, '3' AS n||column n holds string",
                "'b' AS batch, array(0) AS indices, array(1) AS counts, 3.5D AS age||takes float. Cast it",
                "'b' AS batch, array(0) AS indices, array(1) AS counts, timestamp'2024-01-01' AS seen||timestamp_ntz",
                "array(0) AS indices, array(1) AS counts||requires a value of batch",
                "'b' AS batch||indices and counts",
                "'b' AS batch, array(0) AS indices||requires layer counts",
                "'b' AS batch, array('0') AS indices, array(1) AS counts||indices are an array of int",
                "'b' AS batch, named_struct('indices', array(0), 'count', array(1)) AS rna||no layer 'count'",
                "'b' AS batch, 'x' AS rna||must be a struct of indices",
                "'b' AS batch, array(0) AS indices, array(1) AS counts, 1 AS tiles||tiles, images or fragments",
                "'b' AS batch, array(0) AS indices, array(1) AS counts|features=A,A|names the feature A twice",
                "'b' AS batch, array(0) AS indices, array(1) AS counts|features=A,D,E|new feature needs a value of symbol",
                "'b' AS batch, array(0) AS indices, array(1) AS counts|features=|not measured is not zero",
                "'b' AS batch, array(0) AS indices, array(1) AS counts|features=*|no snapshot",
                "'b' AS batch, array(0) AS indices, array(1) AS counts|field=protein|no such pointer column",
                "'b' AS batch, array(0) AS indices, array(1) AS counts|vector=v|no such column",
                "'b' AS batch, array(0) AS indices, array(1) AS counts|vector=batch|not ML vectors",
                "'b' AS batch, array(0) AS indices, array(1) AS counts|dataset.organsm=x|no column of that name",
                "'b' AS batch, array(0) AS indices, array(1) AS counts|dataset.donors=x|option dataset.donors=x",
                "'b' AS batch, array(0) AS indices, array(1) AS counts|datasetUid=a/b|letters, digits",
                "'b' AS batch, array(0) AS indices, array(1) AS counts|datasetUuid=a|did you mean 'datasetUid'",
                "'b' AS batch, array(0) AS indices, array(1) AS counts|dropUnknown=yes|true or false",
                "'b' AS batch, array(0) AS indices, array(1) AS counts|obsTable=cels|no cell table cels",
                "'b' AS batch, array(0) AS indices, array(1) AS counts|featuresFrom=/no/such|/no/such"
            })
    void beforeAnythingIsWritten(String columns, String option, String message) throws IOException {
        List<String> before = Directories.files(atlas.path());

        assertThatThrownBy(() -> append(spark().sql("SELECT " + columns), option))
                .isInstanceOf(HoxException.class)
                .hasMessageContaining(message);

        assertThat(Directories.files(atlas.path())).isEqualTo(before);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "'b' AS batch, array(0, 1) AS indices, array(1, -2) AS counts|holds -2 at row 0 of partition",
                "'b' AS batch, array(0, 1) AS indices, array(1, 2.5D) AS counts|holds 2.5 at row 0",
                "'b' AS batch, array(0, 1) AS indices, array(1, double('NaN')) AS counts|holds NaN",
                "'b' AS batch, array(0, 1) AS indices, array(1, 4294967296) AS counts|4294967295",
                "'b' AS batch, array(0, 0) AS indices, array(9223372036854775807, 1) AS counts|beyond 64 bits",
                "'b' AS batch, array(0, 3) AS indices, array(1, 2) AS counts|feature index 3 of rna",
                "'b' AS batch, array(0, -1) AS indices, array(1, 2) AS counts|feature index -1 of rna",
                "'b' AS batch, array(0, 1) AS indices, array(1) AS counts|2 indices but 1 values of layer counts",
                "'b' AS batch, array(0, NULL) AS indices, array(1, 2) AS counts|no value at position 1 of indices",
                "'b' AS batch, array(0, 1) AS indices, array(NULL, 2) AS counts|no value at position 0 of counts",
                "'b' AS batch, array(0) AS indices, cast(NULL AS array<int>) AS counts|no values of layer counts",
                "cast(NULL AS string) AS batch, array(0) AS indices, array(1) AS counts|no value of column batch",
                "cast(NULL AS string) AS uid, 'b' AS batch, array(0) AS indices, array(1) AS counts|has no uid",
                "'u1' AS uid, 'b' AS batch, array(0) AS indices, array(1) AS counts, array(1f) AS place|place of cell u1"
            })
    void whenARowSaysSo(String columns, String message) throws IOException {
        Dataset<Row> rows = spark().sql("SELECT " + columns + " FROM range(0, 4, 1, 2)");

        Throwable failure = catchThrowable(() -> append(rows, null));

        assertThat(failure).hasStackTraceContaining("HoxException").hasStackTraceContaining(message);
        assertThat(atlas.groups()).isEmpty();
        assertThat(atlas.datasets()).isEmpty();
        assertThat(atlas.findings()).isEmpty();
    }

    @Test
    void cellsThatAreThere() {
        Dataset<Row> rows = spark().sql("SELECT 'u' AS uid, 'b' AS batch, array(0) AS indices, array(1) AS counts");
        append(rows, "datasetUid=first");

        assertThatThrownBy(() -> append(rows, "datasetUid=first"))
                .hasMessageContaining("has cells of dataset first already")
                .hasMessageContaining("hox remove");
        assertThatThrownBy(() -> append(rows, "datasetUid=second")).hasStackTraceContaining("uids must be unique");

        assertThat(atlas.publish().read().count()).isEqualTo(1);
        assertThat(atlas.datasets()).extracting(d -> d.datasetUid()).containsExactly("first");
        assertThat(atlas.groups()).hasSize(1);
    }

    @Test
    void modesOtherThanAppend() {
        Dataset<Row> rows = spark().sql("SELECT 'b' AS batch, array(0) AS indices, array(1) AS counts");
        String path = atlas.path().toString();

        assertThatThrownBy(() -> rows.write().format("hox").mode("overwrite").save(path))
                .isInstanceOf(HoxException.class)
                .hasMessageContaining("mode(\"append\")");
        assertThatThrownBy(() -> rows.write().format("hox").save(path)).hasMessageContaining("Append");
        assertThatThrownBy(() -> rows.write()
                        .format("hox")
                        .mode("append")
                        .partitionBy("batch")
                        .save(path))
                .hasMessageContaining("repartition");
        assertThatThrownBy(() -> spark().read()
                        .format("hox")
                        .schema("uid string")
                        .load(path)
                        .collect())
                .hasMessageContaining("leave out .schema(...)");
    }

    private void append(Dataset<Row> rows, String option) {
        if (option == null) {
            atlas.append(rows, "features", "A,B,C", "dataset.organism", "human");
            return;
        }
        int equals = option.indexOf('=');
        atlas.append(
                rows,
                "features",
                "A,B,C",
                "dataset.organism",
                "human",
                option.substring(0, equals),
                option.substring(equals + 1));
    }
}
