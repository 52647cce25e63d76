package io.hox.stored.hdf5;

import io.hox.HoxException;
import io.hox.source.SourceLocation;
import io.hox.store.ObjectChannel;
import io.hox.stored.StoredFile;
import io.hox.stored.StoredGroup;
import io.jhdf.HdfFile;
import io.jhdf.api.Node;
import io.jhdf.storage.HdfBackingStorage;
import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.function.Supplier;

/**
 * An HDF5 file through jHDF, without memory maps, and with every failure turned into a message that names file and
 * object. Not thread-safe.
 */
public final class Hdf5 implements StoredFile {
    private final String name;
    private final HdfFile file;
    private final ObjectChannel bytes;

    private Hdf5(String name, HdfFile file, ObjectChannel bytes) {
        this.name = name;
        this.file = file;
        this.bytes = bytes;
    }

    /**
     * Opens a file, which is read where it lies.
     *
     * @throws HoxException when it is no HDF5 file
     */
    public static Hdf5 open(SourceLocation location) {
        String name = location.uri();
        ObjectChannel bytes = location.channel();
        try {
            Signature.check(name, bytes);
            // Through a plain channel jHDF reads what it needs. Its own maps, one per chunk, would live until the
            // next garbage collection and can exhaust the process's number of maps.
            URI base = new File(location.name()).toURI();
            HdfFile file = guarded(name, "/", () -> new HdfFile(bytes, base));
            return new Hdf5(name, file, bytes);
        } catch (IOException e) {
            closeQuietly(bytes);
            throw new HoxException("Cannot read " + name + ": " + e.getMessage() + ".", e);
        } catch (HoxException e) {
            closeQuietly(bytes);
            throw e;
        }
    }

    /** Whether something is a file that begins as HDF5 files do. */
    public static boolean recognises(SourceLocation location) {
        return location.isFile() && Signature.begins(location.head(Signature.LENGTH));
    }

    private static void closeQuietly(Closeable resource) {
        try {
            resource.close();
        } catch (IOException e) {
            // What is read is read; and the failure that led here is the one to report.
        }
    }

    /** The file's path or URI. */
    public String name() {
        return name;
    }

    /** Bytes of the whole file: no honest part of it is larger than this, compression aside. */
    long size() {
        return bytes.size();
    }

    @Override
    public StoredGroup root() {
        return new Hdf5Group(this, file);
    }

    /** Where jHDF finds what a value refers to: the heaps of strings. */
    HdfBackingStorage storage() {
        return file.getHdfBackingStorage();
    }

    Node nodeAt(long address, String what) {
        return guarded(what, () -> file.getNodeByAddress(address));
    }

    /** Fills the buffer from the file's bytes. */
    void read(long address, ByteBuffer into, String object) {
        try {
            bytes.position(address + file.getUserBlockSize()).read(into);
        } catch (IOException e) {
            throw new HoxException("Cannot read " + name + " (" + object + "): " + e.getMessage() + ".", e);
        }
        if (into.hasRemaining()) {
            throw failure(
                    object,
                    "ends beyond the end of the file at byte " + size()
                            + ". The file is truncated; copy or download it again");
        }
    }

    HoxException failure(String object, String what) {
        return new HoxException(name + ": " + object + " " + what + ".");
    }

    <T> T guarded(String object, Supplier<T> action) {
        return guarded(name, object, action);
    }

    /**
     * jHDF answers damaged bytes with all kinds of unchecked exceptions, and with errors when a damaged length is
     * absurd or a tree points to itself.
     */
    private static <T> T guarded(String name, String object, Supplier<T> action) {
        try {
            return action.get();
        } catch (HoxException e) {
            throw e;
        } catch (RuntimeException | OutOfMemoryError | StackOverflowError | InternalError e) {
            Throwable cause = innermost(e);
            if (cause instanceof HoxException storage) {
                throw storage;
            }
            String reason = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
            throw new HoxException(
                    name + ": " + object + " cannot be read (" + reason
                            + "). The file is truncated, damaged, or uses an HDF5 feature that is not supported; check it with"
                            + " anndata.read_h5ad, or copy or download it again.",
                    e);
        }
    }

    /** The innermost one says most: jHDF wraps it in ones that name only the object. */
    private static Throwable innermost(Throwable e) {
        Throwable cause = e;
        while (cause.getCause() != null && !(cause instanceof HoxException)) {
            cause = cause.getCause();
        }
        return cause;
    }

    @Override
    public void close() {
        // jHDF closes what it reads from.
        guarded("/", () -> {
            file.close();
            return null;
        });
    }
}
