package io.hox.atlas;

import io.hox.testing.Directories;
import io.hox.testing.Shared;
import java.io.IOException;
import java.nio.file.Path;

/** Reference atlases that a test may write to. */
final class AtlasCopies {
    private AtlasCopies() {}

    static AtlasUri copy(String atlas, Path directory) throws IOException {
        Directories.copy(Shared.atlas(atlas), directory);
        return AtlasUri.resolve(directory.toString(), null);
    }
}
