package io.hox.stored;

import java.io.Closeable;

/** A file, or a directory, that holds a tree of groups and arrays, open for reading. Not thread-safe. */
public interface StoredFile extends Closeable {
    /** The group that holds everything else. */
    StoredGroup root();

    @Override
    void close();
}
