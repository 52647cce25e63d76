package io.hox.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hox.HoxException;
import io.hox.testing.FaultyS3;
import io.hox.testing.FaultyS3.Fault;
import io.hox.testing.S3Server;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Object stores answer with errors now and then; what was asked for comes all the same. */
@Timeout(120)
class FaultyStoreTest {
    private final S3Server server = S3Server.running();
    private final String bucket = server.bucket();
    private final FaultyS3 way = FaultyS3.to(server);
    private final ObjectStore store = ObjectStore.open("s3a://" + bucket, way.options());

    @AfterEach
    void close() {
        way.close();
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void everyFourthRequestMayFail(Fault fault) throws IOException {
        way.failing(4, fault);
        byte[] content = new byte[300_000];
        new Random(7).nextBytes(content);

        for (int i = 0; i < 6; i++) {
            try (ObjectOutput output = store.create("d/" + i)) {
                output.write(content, i, content.length - i);
            }
        }

        assertThat(store.list("d")).containsExactly("0", "1", "2", "3", "4", "5");
        for (int i = 0; i < 6; i++) {
            ByteRange[] ranges = {new ByteRange(0, 1000), new ByteRange(200_000, 50_000)};
            ByteSlice[] slices = store.readRanges("d/" + i, ranges);
            assertThat(slices[0].toArray()).isEqualTo(Arrays.copyOfRange(content, i, i + 1000));
            assertThat(slices[1].toArray()).isEqualTo(Arrays.copyOfRange(content, i + 200_000, i + 250_000));
            store.delete("d/" + i);
        }
        assertThat(store.list("d")).isEmpty();
        assertThat(way.faults()).isGreaterThan(3);
        assertThat(way.requests()).isLessThan(120);
    }

    @Test
    void aServerThatOnlyFailsIsReportedAfterAFewTries() {
        way.failing(1, Fault.SLOW_DOWN);
        Map<String, String> options = new HashMap<>(way.options());
        options.put("fs.s3a.retry.throttle.limit", "3");
        options.put("fs.s3a.retry.throttle.interval", "50ms");
        ObjectStore impatient = ObjectStore.open("s3a://" + bucket, options);

        assertThatThrownBy(() -> impatient.readOrNull("k"))
                .isInstanceOf(HoxException.class)
                .hasMessageContaining("cannot read 'k' in store s3a://" + bucket)
                .hasMessageNotContaining(S3Server.SECRET_KEY);
        assertThat(way.requests()).isBetween(2L, 20L);
    }
}
