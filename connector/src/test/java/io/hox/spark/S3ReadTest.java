package io.hox.spark;

import static io.hox.testing.SparkTest.metric;
import static io.hox.testing.SparkTest.read;
import static io.hox.testing.SparkTest.spark;
import static org.assertj.core.api.Assertions.assertThat;

import io.hox.testing.GoldenParquet;
import io.hox.testing.S3Server;
import io.hox.testing.Shared;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Atlases in object storage, opened with Hadoop's settings alone. */
class S3ReadTest {
    private static final S3Server SERVER = S3Server.running();
    private static final Map<String, String> UPLOADED = new HashMap<>();

    private static synchronized String uploaded(String atlas) throws IOException {
        String uri = UPLOADED.get(atlas);
        if (uri == null) {
            String bucket = SERVER.bucket();
            SERVER.upload(Shared.atlas(atlas), bucket, "lab/atlas");
            uri = "s3a://" + bucket + "/lab/atlas";
            UPLOADED.put(atlas, uri);
        }
        return uri;
    }

    private static Dataset<Row> remote(String atlas, String... options) throws IOException {
        var reader = spark().read().format("hox").options(SERVER.options());
        for (int i = 0; i < options.length; i += 2) {
            reader.option(options[i], options[i + 1]);
        }
        return reader.load(uploaded(atlas));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"pbmc_two_datasets", "g1_lancell"})
    void cellsEqualTheOriginals(String atlas) throws IOException {
        Path golden = Shared.golden(atlas, "v0/obs_cells.parquet");
        List<Map<String, Object>> expected = GoldenParquet.read(golden);
        String[] columns = expected.get(0).keySet().toArray(new String[0]);

        Dataset<Row> cells = remote(atlas, "version", "0");

        Dataset<Row> obs = cells.select(columns[0], Arrays.copyOfRange(columns, 1, columns.length));
        GoldenObsTest.assertRows(Rows.plain(obs.collectAsList()), expected);
        assertThat(cells.count()).isEqualTo(expected.size());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"pbmc_two_datasets", "g1_lancell"})
    void numbersEqualThoseOfTheLocalAtlas(String atlas) throws IOException {
        String[] columns = {"gene_expression.indices", "gene_expression.counts"};
        Dataset<Row> here = read(atlas).select("uid", columns);
        Dataset<Row> there = remote(atlas, "splitBytes", "100k").select("uid", columns);

        assertThat(Rows.plain(there.collectAsList())).isEqualTo(Rows.plain(here.collectAsList()));
        assertThat(metric(there, "zarrRequests")).isPositive();
    }

    @Test
    void readsNoArrayUnlessOneIsSelected() throws IOException {
        Dataset<Row> cells = remote("pbmc_two_datasets").where("cell_type = 'B cells'");
        SERVER.requests().clear();

        List<Row> rows = cells.select("uid", "cell_type").collectAsList();

        assertThat(rows).isNotEmpty();
        assertThat(SERVER.requests().keys()).isNotEmpty().noneMatch(key -> key.contains("zarr_store"));
    }

    @Test
    void readsAnArrayDocumentOnceAndAShardInFewRequests() throws IOException {
        Dataset<Row> cells = remote("pbmc_two_datasets", "splitBytes", "1g")
                .where("dataset_uid = 'df169e0acdda59a3'")
                .select("gene_expression.indices");
        SERVER.requests().clear();

        assertThat(cells.collectAsList()).isNotEmpty();

        List<String> arrays = SERVER.requests().keys().stream()
                .filter(key -> key.contains("zarr_store"))
                .toList();
        assertThat(arrays).as("%s", arrays).isNotEmpty().hasSizeLessThan(20);
    }

    @Test
    void settingsOfTheSessionServeBothClients() throws IOException {
        Configuration hadoop = spark().sparkContext().hadoopConfiguration();
        SERVER.options().forEach(hadoop::set);
        try {
            Dataset<Row> cells = spark().read().format("hox").load(uploaded("pbmc_two_datasets"));
            assertThat(cells.count()).isEqualTo(950);
            assertThat(cells.select("gene_expression.counts").first().isNullAt(0))
                    .isFalse();
        } finally {
            SERVER.options().keySet().forEach(hadoop::unset);
        }
    }

    @Test
    void publicBucketsNeedNoCredentials() throws IOException {
        String bucket = SERVER.publicBucket();
        SERVER.upload(Shared.atlas("custom_space"), bucket, "atlas");
        Map<String, String> options = new HashMap<>(SERVER.options());
        options.remove("fs.s3a.access.key");
        options.remove("fs.s3a.secret.key");
        options.put("fs.s3a.aws.credentials.provider", "org.apache.hadoop.fs.s3a.AnonymousAWSCredentialsProvider");

        Dataset<Row> cells = spark().read().format("hox").options(options).load("s3a://" + bucket + "/atlas");

        assertThat(Rows.plain(cells.collectAsList()))
                .isEqualTo(Rows.plain(read("custom_space").collectAsList()));
    }

    @Test
    void temporaryCredentialsServeBothClients() throws IOException {
        Dataset<Row> cells = remote("pbmc_two_datasets", "fs.s3a.session.token", "gnusto-token")
                .where("cell_type = 'B cells'")
                .limit(1);
        assertThat(cells.select("gene_expression.counts").collectAsList()).hasSize(1);
    }

    @Test
    void secretsAreNotShown() throws IOException {
        Dataset<Row> cells = remote("pbmc_two_datasets").where("cell_type = 'B cells'");
        String shown = cells.queryExecution().toString() + FilterTest.plan(cells) + cells;
        assertThat(shown)
                .contains("lab/atlas")
                .doesNotContain(S3Server.SECRET_KEY)
                .doesNotContain(S3Server.ACCESS_KEY);
    }
}
