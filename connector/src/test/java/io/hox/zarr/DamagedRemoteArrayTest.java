package io.hox.zarr;

import io.hox.store.ObjectStore;
import io.hox.testing.RemoteFiles;
import java.nio.file.Path;

/** The same where requests are sent ahead. */
class DamagedRemoteArrayTest extends DamagedArrayTest {
    @Override
    ObjectStore open(Path root) {
        return ObjectStore.open(RemoteFiles.uri(root), RemoteFiles.options());
    }
}
