package io.hox.spark;

import static io.hox.testing.SparkTest.spark;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hox.HoxException;
import io.hox.testing.Logs;
import io.hox.testing.S3Server;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashMap;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What goes wrong with object stores is told soon, in one message that names the place and no secret. */
@Timeout(30)
class S3FailureTest {
    private static final String WRONG_SECRET = "frotz-secret-that-is-wrong";

    private final S3Server server = S3Server.running();

    private static ThrowingCallable load(Map<String, String> options, String uri) {
        return () -> spark().read().format("hox").options(options).load(uri);
    }

    @Test
    void wrongCredentials() {
        String bucket = server.bucket();
        assertFails(load(server.options(S3Server.ACCESS_KEY, WRONG_SECRET), "s3a://" + bucket + "/atlas"), bucket);
    }

    @Test
    void unknownAccessKey() {
        String bucket = server.bucket();
        assertFails(load(server.options("nobody", WRONG_SECRET), "s3a://" + bucket + "/atlas"), bucket);
    }

    @Test
    void missingBucket() {
        assertFails(load(server.options(), "s3a://no-such-bucket/atlas"), "no-such-bucket");
    }

    @Test
    void noAtlasInTheBucket() {
        String bucket = server.bucket();
        assertFails(load(server.options(), "s3a://" + bucket + "/atlas"), bucket, "is not an atlas");
    }

    @Test
    void deadEndpoint() throws IOException {
        Map<String, String> options = new HashMap<>(server.options());
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            options.put("fs.s3a.endpoint", "http://127.0.0.1:" + free.getLocalPort());
        }
        assertFails(load(options, "s3a://bucket/atlas"), "bucket");
    }

    private static void assertFails(ThrowingCallable action, String... parts) {
        try (Logs logs = Logs.capture()) {
            assertThatThrownBy(action).isInstanceOf(HoxException.class).satisfies(failure -> {
                assertThat(failure.getMessage()).contains(parts).hasSizeLessThan(600);
                StringWriter trace = new StringWriter();
                failure.printStackTrace(new PrintWriter(trace));
                assertThat(trace.toString()).doesNotContain(S3Server.SECRET_KEY).doesNotContain(WRONG_SECRET);
            });
            assertThat(logs.text()).doesNotContain(S3Server.SECRET_KEY).doesNotContain(WRONG_SECRET);
        }
    }
}
