package io.hox.store;

import io.hox.HoxException;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * Objects below one location: a local directory or a prefix of any Hadoop file system.
 *
 * <p>Keys are relative and '/'-separated; keys that could lead out of the store are refused. Thread-safe: the tasks of a
 * JVM share one store. All failures are {@link HoxException}s that name the store and the key.
 */
public final class ObjectStore implements Closeable {
    /** No document may be larger. */
    public static final int MAX_DOCUMENT = 64 << 20;

    private final String uri;
    private final Backend backend;
    private final RequestCounter counter;

    private ObjectStore(String uri, Backend backend, RequestCounter counter) {
        this.uri = uri;
        this.backend = backend;
        this.counter = counter;
    }

    /**
     * Opens a location; nothing has to exist there yet.
     *
     * @param uri a path, a {@code file:} URI, {@code s3://bucket/prefix} (read through {@code s3a}) or a URI of any
     *     scheme that Hadoop knows
     * @param options Hadoop configuration keys, {@code fs.s3a.endpoint} for example; not used for local files
     */
    public static ObjectStore open(String uri, Map<String, String> options) {
        StoreUri location = StoreUri.parse(uri);
        return new ObjectStore(uri, backend(location, options), new RequestCounter());
    }

    /**
     * The files of a zip archive, to be read only. Closing the store closes the archive.
     *
     * @param uri names it in messages
     * @throws HoxException when it is no zip archive
     */
    public static ObjectStore zip(ObjectChannel archive, String uri) {
        return new ObjectStore(uri, new ZipBackend(archive, uri), new RequestCounter());
    }

    private static Backend backend(StoreUri location, Map<String, String> options) {
        if (!location.isLocal()) {
            return HadoopBackend.open(location, options);
        }
        try {
            return new LocalBackend(Path.of(location.path()).toAbsolutePath());
        } catch (InvalidPathException e) {
            throw new HoxException("'" + location.path() + "' is not a valid path: " + e.getReason(), e);
        }
    }

    /** The same store, counting into another counter. */
    public ObjectStore counting(RequestCounter other) {
        return new ObjectStore(uri, backend, other);
    }

    /** The location as it was given. */
    public String uri() {
        return uri;
    }

    /** Where the requests of this store object are counted. */
    public RequestCounter counter() {
        return counter;
    }

    /** Whether requests take so long that several should be under way at a time. */
    public boolean isRemote() {
        return backend.isRemote();
    }

    /**
     * Runs something that reads this store, on a thread for requests when the store is remote, else here and now. It
     * must not wait for other work of that kind.
     */
    public <T> CompletableFuture<T> later(Callable<T> reading) {
        return isRemote() ? FetchPool.submit(reading) : Futures.here(reading);
    }

    /** The size of an object in bytes, -1 when there is none. */
    public long size(String key) {
        StoredObject object = find(key);
        return object == null ? -1 : object.size();
    }

    /** Looks an object up; null when there is none. */
    public StoredObject find(String key) {
        Keys.checkObject(key, uri);
        try {
            StoredObject object = backend.find(key);
            counter.read(0, 0);
            return object;
        } catch (IOException | InvalidPathException e) {
            throw failure("find", key, e);
        }
    }

    /** A whole document. @throws MissingObjectException when there is none */
    public byte[] read(String key) {
        byte[] bytes = readOrNull(key);
        if (bytes == null) {
            throw new MissingObjectException(uri, key);
        }
        return bytes;
    }

    /** A whole document of at most {@link #MAX_DOCUMENT} bytes, null when there is none. */
    public byte[] readOrNull(String key) {
        return readOrNull(key, MAX_DOCUMENT);
    }

    /**
     * A whole object, null when there is none.
     *
     * @throws HoxException when it is larger than {@code maxBytes}
     */
    public byte[] readOrNull(String key, int maxBytes) {
        Keys.checkObject(key, uri);
        try (Backend.Source source = open(key)) {
            if (source == null) {
                counter.read(0, 0);
                return null;
            }
            long size = source.size();
            if (size > maxBytes) {
                throw new HoxException("object '" + key + "' in store " + uri + " has " + size + " bytes where at most "
                        + maxBytes + " are expected");
            }
            byte[] bytes = new byte[(int) size];
            source.readFully(0, bytes, 0, bytes.length);
            counter.read(bytes.length, 0);
            return bytes;
        } catch (IOException | InvalidPathException e) {
            throw failure("read", key, e);
        }
    }

    private Backend.Source open(String key) throws IOException {
        StoredObject object = backend.find(key);
        return object == null ? null : object.open();
    }

    /**
     * Parts of one object, each in a slice, in the order of the request. Near ranges share a request and an array.
     *
     * @throws MissingObjectException when there is no such object
     * @throws HoxException when the object ends before a range does
     */
    public ByteSlice[] readRanges(String key, ByteRange[] ranges) {
        ByteSlice[] slices = new ByteSlice[ranges.length];
        if (ranges.length > 0) {
            fetch(plan(key, found(key), ranges), false, (i, slice) -> slices[i] = slice);
        }
        return slices;
    }

    /** As {@link #readRanges(String, StoredObject, ByteRange[], SliceConsumer)}, looking the object up first. */
    public void readRanges(String key, ByteRange[] ranges, SliceConsumer consumer) {
        if (ranges.length > 0) {
            readRanges(key, found(key), ranges, consumer);
        }
    }

    /**
     * Parts of an object that was found before, delivered one by one while they arrive: memory holds one request of at
     * most 1 MiB (64 MiB of larger ones for remote stores), whatever the number of ranges.
     *
     * @throws MissingObjectException when it is no longer there
     * @throws HoxException when the object ends before a range does
     */
    public void readRanges(String key, StoredObject object, ByteRange[] ranges, SliceConsumer consumer) {
        fetch(plan(key, object, ranges), true, consumer);
    }

    /** As {@link #readRanges(String, StoredObject, ByteRange[], SliceConsumer)} for one range, which may be kept. */
    public ByteSlice readRange(String key, StoredObject object, ByteRange range) {
        ByteSlice[] slice = new ByteSlice[1];
        fetch(plan(key, object, new ByteRange[] {range}), false, (i, bytes) -> slice[0] = bytes);
        return slice[0];
    }

    private void fetch(RangeRead read, boolean reuseBuffers, SliceConsumer consumer) {
        if (!isRemote() || read.requests() <= 1) {
            read.run(reuseBuffers, consumer);
            return;
        }
        FetchWindow window = new FetchWindow();
        try {
            window.add(read);
            window.deliver(read, consumer);
        } finally {
            window.close();
        }
    }

    /**
     * The requests for parts of an object that was found before, of which none is sent yet.
     *
     * @throws HoxException when the object ends before a range does
     */
    public RangeRead plan(String key, StoredObject object, ByteRange[] ranges) {
        return new RangeRead(this, key, object, RangePlan.of(ranges, isRemote()));
    }

    private StoredObject found(String key) {
        Keys.checkObject(key, uri);
        try {
            StoredObject object = backend.find(key);
            if (object == null) {
                throw new MissingObjectException(uri, key);
            }
            return object;
        } catch (IOException | InvalidPathException e) {
            throw failure("read", key, e);
        }
    }

    /** The last {@code n} bytes of an object (all of a shorter one); null when there is no such object. */
    public ObjectTail readSuffix(String key, int n) {
        Keys.checkObject(key, uri);
        try {
            StoredObject object = backend.find(key);
            if (object == null) {
                counter.read(0, 0);
                return null;
            }
            byte[] bytes = new byte[(int) Math.min(n, object.size())];
            try (Backend.Source source = object.open()) {
                source.readFully(object.size() - bytes.length, bytes, 0, bytes.length);
            }
            counter.read(bytes.length, 0);
            return new ObjectTail(new ByteSlice(bytes, 0, bytes.length), object);
        } catch (IOException | InvalidPathException e) {
            throw failure("read", key, e);
        }
    }

    /**
     * Opens an object for reading anywhere in it.
     *
     * @throws MissingObjectException when there is none
     */
    public ObjectChannel channel(String key) {
        Keys.checkObject(key, uri);
        try {
            Backend.Source source = open(key);
            counter.read(0, 0);
            if (source == null) {
                throw new MissingObjectException(uri, key);
            }
            return new ObjectChannel(source, counter, "'" + key + "' in store " + uri, backend.isRemote());
        } catch (IOException | InvalidPathException e) {
            throw failure("open", key, e);
        }
    }

    /** Writes or replaces an object; readers see the old one or the new one. */
    public void write(String key, byte[] bytes) {
        try (ObjectOutput output = create(key)) {
            try {
                output.write(bytes, 0, bytes.length);
            } catch (IOException | RuntimeException e) {
                output.abort();
                throw e;
            }
        } catch (IOException e) {
            throw failure("write", key, e);
        }
    }

    /** Starts to write or replace an object piece by piece; directories are made as needed. */
    public ObjectOutput create(String key) {
        Keys.checkObject(key, uri);
        try {
            return new StoreOutput(backend.create(key), counter);
        } catch (IOException | InvalidPathException e) {
            throw failure("write", key, e);
        }
    }

    /** The names of the direct children of a directory ("" is the root), sorted; empty when there is none. */
    public List<String> list(String prefixDir) {
        Keys.checkDirectory(prefixDir, uri);
        try {
            List<String> names = backend.list(prefixDir);
            counter.read(0, 0);
            return names;
        } catch (IOException | InvalidPathException e) {
            throw failure("list", prefixDir, e);
        }
    }

    /**
     * Calls back for each direct child of a directory ("" is the root), in any order. Memory does not grow with their
     * number.
     */
    public void visitChildren(String prefixDir, Consumer<StoreEntry> visitor) {
        Keys.checkDirectory(prefixDir, uri);
        try {
            backend.visitChildren(prefixDir, visitor);
        } catch (IOException | InvalidPathException e) {
            throw failure("list", prefixDir, e);
        }
    }

    /** As {@link #visitChildren} for the objects below a directory, at any depth. */
    public void visitObjects(String prefixDir, Consumer<StoreEntry> visitor) {
        Keys.checkDirectory(prefixDir, uri);
        try {
            backend.visitObjects(prefixDir, visitor);
        } catch (IOException | InvalidPathException e) {
            throw failure("list", prefixDir, e);
        }
    }

    /** Deletes an object; does nothing when there is none. */
    public void delete(String key) {
        Keys.checkObject(key, uri);
        try {
            backend.delete(key);
        } catch (IOException | InvalidPathException e) {
            throw failure("delete", key, e);
        }
    }

    /** Deletes a directory with everything below it; does nothing when there is none. The root is refused. */
    public void deleteRecursively(String prefixDir) {
        Keys.checkObject(prefixDir, uri);
        try {
            backend.deleteRecursively(prefixDir);
        } catch (IOException | InvalidPathException e) {
            throw failure("delete", prefixDir, e);
        }
    }

    /** Closes the archive of a zipped store; of others nothing is held open, and clients are shared by the JVM. */
    @Override
    public void close() {
        try {
            backend.close();
        } catch (IOException e) {
            throw failure("close", "", e);
        }
    }

    @Override
    public String toString() {
        return "ObjectStore[" + uri + "]";
    }

    private HoxException failure(String verb, String key, Exception e) {
        String reason = e instanceof EOFException ? "it became shorter while it was read" : FailureReason.of(e);
        String what = key.isEmpty() ? "store " + uri : "'" + key + "' in store " + uri;
        return new HoxException("cannot " + verb + " " + what + ": " + reason, e);
    }
}
