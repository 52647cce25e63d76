package io.hox.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LocalObjectStoreTest extends ObjectStoreContract {

    @Override
    ObjectStore open(Path root) {
        return ObjectStore.open(root.toUri().toString(), Map.of());
    }

    @Test
    void followsSymbolicLinks() throws IOException {
        Files.write(directory.resolve("real"), bytes("x"));
        Files.createSymbolicLink(directory.resolve("link"), directory.resolve("real"));
        assertThat(store.read("link")).isEqualTo(bytes("x"));
    }

    @Test
    void anObjectInTheMakingIsNotListed() throws IOException {
        try (ObjectOutput output = store.create("d/o")) {
            output.write(new byte[100_000], 0, 100_000);
            assertThat(store.list("d")).isEmpty();
        }
        assertThat(store.list("d")).containsExactly("o");
    }
}
