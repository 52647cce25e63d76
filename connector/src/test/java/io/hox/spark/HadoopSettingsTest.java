package io.hox.spark;

import static io.hox.testing.SparkTest.spark;
import static org.assertj.core.api.Assertions.assertThat;

import io.hox.testing.Shared;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/** What a read takes along of the session's storage settings. */
class HadoopSettingsTest {

    @Test
    void takesOnlyWhatSomebodySetForThePlacesScheme() {
        var hadoop = spark().sparkContext().hadoopConfiguration();
        hadoop.set("fs.s3a.access.key", "from-session");
        hadoop.set("fs.gs.project.id", "other");
        try {
            Map<String, String> settings = HadoopSettings.of(
                    "s3://bucket/atlas/lance_db", spark(), Map.of("fs.s3a.secret.key", "from-option"));
            assertThat(settings)
                    .containsEntry("fs.s3a.access.key", "from-session")
                    .containsEntry("fs.s3a.secret.key", "from-option")
                    .doesNotContainKey("fs.gs.project.id")
                    // One of Hadoop's many defaults.
                    .doesNotContainKey("fs.s3a.connection.maximum");
            assertThat(HadoopSettings.of("/data/atlas/lance_db", spark(), Map.of()))
                    .isEmpty();
        } finally {
            hadoop.unset("fs.s3a.access.key");
            hadoop.unset("fs.gs.project.id");
        }
    }

    @Test
    void secretsAreNotShown() {
        Dataset<Row> cells = spark().read()
                .format("hox")
                .option("fs.s3a.secret.key", "xyzzy-secret")
                .load(Shared.atlas("custom_space").toString());
        assertThat(cells.queryExecution().toString()).doesNotContain("xyzzy-secret");
        assertThat(FilterTest.plan(cells)).doesNotContain("xyzzy-secret");
    }
}
