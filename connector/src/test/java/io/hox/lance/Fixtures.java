package io.hox.lance;

import io.hox.testing.Shared;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;

/** Reference atlases for tests: read in place, copied where a test writes. */
final class Fixtures {
    private Fixtures() {}

    static LanceDatabase open(String atlas) {
        return LanceDatabase.open(Shared.atlas(atlas).resolve("lance_db").toString(), Map.of());
    }

    static LanceDatabase copy(String atlas, Path directory) {
        Path source = Shared.atlas(atlas).resolve("lance_db");
        try (Stream<Path> files = Files.walk(source)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Path target = directory.resolve(source.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                    target.toFile().setWritable(true);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return LanceDatabase.open(directory.toString(), Map.of());
    }
}
