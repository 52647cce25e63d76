package io.hox.testing;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.apache.hadoop.fs.RawLocalFileSystem;

/** Local files under a scheme of their own, which takes the way of remote stores. */
public final class RemoteFiles extends RawLocalFileSystem {
    /** The location of a directory. */
    public static String uri(Path directory) {
        return "remote://" + directory;
    }

    /** What makes the scheme known. */
    public static Map<String, String> options() {
        return Map.of("fs.remote.impl", RemoteFiles.class.getName());
    }

    @Override
    public URI getUri() {
        return URI.create("remote:///");
    }

    @Override
    public String getScheme() {
        return "remote";
    }
}
