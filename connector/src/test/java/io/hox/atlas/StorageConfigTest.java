package io.hox.atlas;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class StorageConfigTest {
    private static final String DATABASE = "s3://cells/atlas/lance_db";

    private static Map<String, String> complete(String... settings) {
        Map<String, String> map = new java.util.HashMap<>();
        for (int i = 0; i < settings.length; i += 2) {
            map.put(settings[i], settings[i + 1]);
        }
        return StorageConfig.complete(map, DATABASE);
    }

    @Test
    void hadoopSettingsReachLance() {
        assertThat(complete(
                        "fs.s3a.access.key", "id",
                        "spark.hadoop.fs.s3a.secret.key", "secret",
                        "fs.s3a.session.token", "token",
                        "fs.s3a.endpoint.region", "eu-west-1",
                        "fs.s3a.endpoint", "http://minio:9000",
                        "fs.s3a.path.style.access", "true"))
                .containsEntry("aws_access_key_id", "id")
                .containsEntry("aws_secret_access_key", "secret")
                .containsEntry("aws_session_token", "token")
                .containsEntry("aws_region", "eu-west-1")
                .containsEntry("aws_endpoint", "http://minio:9000")
                .containsEntry("aws_virtual_hosted_style_request", "false")
                .containsEntry("allow_http", "true")
                .containsEntry("fs.s3a.secret.key", "secret");
    }

    @Test
    void lanceSettingsReachHadoop() {
        assertThat(complete(
                        "AWS_ACCESS_KEY_ID", "id",
                        "secret_access_key", "secret",
                        "region", "eu-west-1",
                        "endpoint", "http://minio:9000"))
                .containsEntry("fs.s3a.access.key", "id")
                .containsEntry("fs.s3a.secret.key", "secret")
                .containsEntry("fs.s3a.endpoint.region", "eu-west-1")
                .containsEntry("fs.s3a.endpoint", "http://minio:9000")
                .containsEntry("fs.s3a.connection.ssl.enabled", "false")
                .containsEntry("fs.s3a.path.style.access", "true")
                .containsEntry("aws_region", "eu-west-1");
    }

    @Test
    void anEndpointWithoutSchemeFollowsTheSwitch() {
        assertThat(complete("fs.s3a.endpoint", "minio:9000", "fs.s3a.connection.ssl.enabled", "false"))
                .containsEntry("aws_endpoint", "http://minio:9000")
                .containsEntry("allow_http", "true");
        assertThat(complete("fs.s3a.endpoint", "s3.eu-west-1.amazonaws.com"))
                .containsEntry("aws_endpoint", "https://s3.eu-west-1.amazonaws.com")
                .doesNotContainKeys("allow_http", "fs.s3a.path.style.access");
    }

    @Test
    void bucketsInTheHostNameGoIntoLancesEndpoint() {
        assertThat(complete("fs.s3a.endpoint", "https://store.example", "fs.s3a.path.style.access", "false"))
                .containsEntry("aws_endpoint", "https://cells.store.example")
                .containsEntry("aws_virtual_hosted_style_request", "true")
                .containsEntry("fs.s3a.endpoint", "https://store.example");
    }

    @Test
    void settingsOfTheBucketWin() {
        assertThat(complete(
                        "fs.s3a.access.key", "general",
                        "fs.s3a.bucket.cells.access.key", "special",
                        "fs.s3a.bucket.other.access.key", "foreign"))
                .containsEntry("aws_access_key_id", "special")
                .containsEntry("fs.s3a.access.key", "general");
    }

    @Test
    void publicBucketsNeedNoSignature() {
        String anonymous = "org.apache.hadoop.fs.s3a.AnonymousAWSCredentialsProvider";

        assertThat(complete("fs.s3a.aws.credentials.provider", anonymous)).containsEntry("aws_skip_signature", "true");
        assertThat(complete("skip_signature", "true")).containsEntry("fs.s3a.aws.credentials.provider", anonymous);
    }

    @Test
    void completingTwiceChangesNothing() {
        Map<String, String> once = complete(
                "fs.s3a.endpoint", "store.example", "fs.s3a.path.style.access", "false", "fs.s3a.access.key", "id");

        assertThat(StorageConfig.complete(once, DATABASE)).isEqualTo(once);
        assertThat(StorageConfig.complete(Map.of(), "/data/lance_db")).isEmpty();
    }
}
