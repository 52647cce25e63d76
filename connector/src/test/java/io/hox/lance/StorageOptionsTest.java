package io.hox.lance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class StorageOptionsTest {
    private static final String PLACE = "s3://bucket/atlas/lance_db";

    @Test
    void waitingIsBoundedAndOthersMayDecideHowLong() {
        assertThat(StorageOptions.forLance(PLACE, Map.of()))
                .containsKeys("connect_timeout", "request_timeout", "client_max_retries", "client_retry_timeout");
        assertThat(StorageOptions.forLance(PLACE, Map.of("client_max_retries", "9")))
                .containsEntry("client_max_retries", "9");
    }

    @Test
    void storesOfOthersNeedNoRegion() {
        Assumptions.assumeTrue(System.getenv("AWS_REGION") == null && System.getenv("AWS_DEFAULT_REGION") == null);
        assertThat(StorageOptions.forLance(PLACE, Map.of("aws_endpoint", "http://minio:9000")))
                .containsEntry("aws_region", "us-east-1");
        assertThat(StorageOptions.forLance(PLACE, Map.of("aws_endpoint", "https://s3.eu-west-1.amazonaws.com")))
                .doesNotContainKey("aws_region");
        assertThat(StorageOptions.forLance(
                        PLACE, Map.of("aws_endpoint", "http://minio:9000", "aws_region", "eu-west-1")))
                .containsEntry("aws_region", "eu-west-1");
    }

    @Test
    void unsignedRequestsLookForNoCredentials() {
        assertThat(StorageOptions.forLance(PLACE, Map.of("aws_skip_signature", "true")))
                .containsKeys("aws_access_key_id", "aws_secret_access_key");
    }

    @Test
    void localTablesTakeNone() {
        assertThat(StorageOptions.forLance("/data/lance_db", Map.of("aws_region", "eu-west-1")))
                .isEmpty();
    }
}
