package io.hox.lance;

import io.hox.testing.Directories;
import io.hox.testing.Shared;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;

/** Reference atlases for tests: read in place, copied where a test writes. */
final class Fixtures {
    private Fixtures() {}

    static LanceDatabase open(String atlas) {
        return LanceDatabase.open(Shared.atlas(atlas).resolve("lance_db").toString(), Map.of());
    }

    static LanceDatabase copy(String atlas, Path directory) {
        try {
            Directories.copy(Shared.atlas(atlas).resolve("lance_db"), directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return LanceDatabase.open(directory.toString(), Map.of());
    }
}
