package io.hox.store;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.function.Consumer;

/** What a kind of storage must be able to do. Keys have been checked. Implementations are thread-safe. */
interface Backend {
    /** Looks an object up; null when there is none. */
    StoredObject find(String key) throws IOException;

    Sink create(String key) throws IOException;

    /** The names of the direct children of a directory; empty when there is none. */
    List<String> list(String directory) throws IOException;

    /** Calls back for each direct child of a directory, while they are listed; does nothing when there is none. */
    void visitChildren(String directory, Consumer<StoreEntry> visitor) throws IOException;

    /** Calls back for each object below a directory, at any depth. */
    void visitObjects(String directory, Consumer<StoreEntry> visitor) throws IOException;

    void delete(String key) throws IOException;

    void deleteRecursively(String directory) throws IOException;

    /** Whether several requests at a time are faster than one after the other. */
    boolean isRemote();

    /** Lets go of what is held open between calls. */
    default void close() throws IOException {}

    /** An open object. Used by one thread at a time. */
    interface Source extends Closeable {
        long size() throws IOException;

        /** Reads exactly {@code length} bytes; an {@link java.io.EOFException} where the object is too short. */
        void readFully(long position, byte[] into, int at, int length) throws IOException;
    }

    /** An object being written; close publishes it, discard forgets it. */
    abstract class Sink extends OutputStream {
        abstract void discard() throws IOException;
    }
}
