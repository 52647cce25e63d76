package io.hox.store;

import io.hox.testing.RemoteFiles;
import java.nio.file.Path;

class HadoopObjectStoreTest extends ObjectStoreContract {
    @Override
    ObjectStore open(Path root) {
        return ObjectStore.open(RemoteFiles.uri(root), RemoteFiles.options());
    }
}
