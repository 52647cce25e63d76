package io.hox.store;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.apache.hadoop.fs.RawLocalFileSystem;

class HadoopObjectStoreTest extends ObjectStoreContract {

    /** Local files under a scheme of their own, which takes the way of remote stores. */
    public static final class Remote extends RawLocalFileSystem {
        @Override
        public URI getUri() {
            return URI.create("remote:///");
        }

        @Override
        public String getScheme() {
            return "remote";
        }
    }

    @Override
    ObjectStore open(Path root) {
        return ObjectStore.open("remote://" + root, Map.of("fs.remote.impl", Remote.class.getName()));
    }
}
