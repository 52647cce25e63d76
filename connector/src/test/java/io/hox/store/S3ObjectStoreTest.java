package io.hox.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.hox.testing.S3Server;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class S3ObjectStoreTest extends ObjectStoreContract {
    private static final int PART = 5 << 20;

    private final S3Server server = S3Server.running();
    private final String bucket = server.bucket();

    @Override
    ObjectStore open(Path root) {
        // The contract looks at the objects as files.
        directory = server.directory(bucket);
        return ObjectStore.open("s3a://" + bucket, options());
    }

    private Map<String, String> options() {
        Map<String, String> options = new HashMap<>(server.options());
        options.put("fs.s3a.multipart.size", "" + PART);
        return options;
    }

    @Test
    void largeObjectsGoInPartsAndAppearWhole() throws IOException {
        byte[] content = pattern(2 * PART + 1000);
        try (ObjectOutput output = store.create("d/large")) {
            output.write(content, 0, content.length);
            assertThat(store.list("d")).isEmpty();
        }
        assertThat(store.list("d")).containsExactly("large");
        ByteSlice[] parts =
                store.readRanges("d/large", new ByteRange[] {new ByteRange(PART - 5, 10), new ByteRange(0, 10)});
        assertThat(parts[0].toArray()).isEqualTo(part(content, PART - 5, 10));
        assertThat(parts[1].toArray()).isEqualTo(part(content, 0, 10));
    }

    @Test
    void anAbortedUploadLeavesNoParts() throws IOException {
        ObjectOutput output = store.create("d/large");
        output.write(new byte[2 * PART + 1000], 0, 2 * PART + 1000);
        output.abort();
        output.close();
        assertThat(store.size("d/large")).isEqualTo(-1);
        assertThat(server.pendingUploads(bucket)).isEmpty();
    }

    @Test
    void asksForTheSizeOnceAndForARangeOnce() {
        int far = 2 * RangePlan.MAX_GAP;
        store.write("o", new byte[3 * far + 1]);
        server.requests().clear();
        ByteRange[] ranges = {new ByteRange(0, 1), new ByteRange(far, 1), new ByteRange(2L * far, 1)};
        store.readRanges("o", ranges);
        assertThat(server.requests().keys()).isEqualTo(List.of("o", "o", "o", "o"));
    }

    @Test
    void aChannelAsksForABlockOnce() throws IOException {
        store.write("o", pattern(ObjectChannel.BLOCK + 100));
        store.counter().reset();
        try (ObjectChannel channel = store.channel("o")) {
            for (int at = 0; at < ObjectChannel.BLOCK; at += 5_000) {
                channel.position(at).read(ByteBuffer.allocate(100));
            }
        }
        assertThat(store.counter().requests())
                .as("one for the size, one for the block")
                .isEqualTo(2);
        assertThat(store.counter().bytesRead()).isEqualTo(ObjectChannel.BLOCK);
    }

    @Test
    void deletesManyObjects() {
        for (int i = 0; i < 50; i++) {
            store.write("g/c/" + i, bytes("x"));
        }
        store.write("h", bytes("x"));
        store.deleteRecursively("g");
        assertThat(store.list("")).containsExactly("h");
    }
}
