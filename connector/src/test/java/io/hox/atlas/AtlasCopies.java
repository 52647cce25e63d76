package io.hox.atlas;

import io.hox.testing.Shared;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Reference atlases that a test may write to. */
final class AtlasCopies {
    private AtlasCopies() {}

    static AtlasUri copy(String atlas, Path directory) throws IOException {
        Path source = Shared.atlas(atlas);
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
        }
        return AtlasUri.resolve(directory.toString(), null);
    }
}
