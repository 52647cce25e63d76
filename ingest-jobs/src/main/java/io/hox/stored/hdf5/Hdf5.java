package io.hox.stored.hdf5;

import io.hox.HoxException;
import io.hox.stored.StoredFile;
import io.hox.stored.StoredGroup;
import io.jhdf.HdfFile;
import io.jhdf.api.Node;
import io.jhdf.storage.HdfBackingStorage;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Supplier;

/**
 * An HDF5 file through jHDF, without memory maps, and with every failure turned into a message that names file and
 * object. Not thread-safe.
 */
public final class Hdf5 implements StoredFile {
    private final Path path;
    private final HdfFile file;
    private final FileChannel bytes;
    private final long size;

    private Hdf5(Path path, HdfFile file, FileChannel bytes, long size) {
        this.path = path;
        this.file = file;
        this.bytes = bytes;
        this.size = size;
    }

    /**
     * Opens a local file.
     *
     * @throws HoxException when there is no such file, or it is no HDF5 file
     */
    public static Hdf5 open(Path path) {
        if (!Files.exists(path)) {
            throw new HoxException("There is no file " + path + ".");
        }
        if (!Files.isRegularFile(path)) {
            throw new HoxException(path + " is not a file. Give an HDF5 file.");
        }
        FileChannel bytes = null;
        SeekableByteChannel channel = null;
        try {
            bytes = FileChannel.open(path, StandardOpenOption.READ);
            Signature.check(path, bytes);
            // Through a plain channel jHDF reads what it needs. Its own maps, one per chunk, would live until the
            // next garbage collection and can exhaust the process's number of maps.
            channel = Files.newByteChannel(path, StandardOpenOption.READ);
            SeekableByteChannel opened = channel;
            HdfFile file = guarded(path, "/", () -> new HdfFile(opened, path.toUri()));
            return new Hdf5(path, file, bytes, bytes.size());
        } catch (IOException e) {
            closeQuietly(bytes, channel);
            throw new HoxException("Cannot read " + path + ": " + e.getMessage() + ".", e);
        } catch (HoxException e) {
            closeQuietly(bytes, channel);
            throw e;
        }
    }

    private static void closeQuietly(Closeable... resources) {
        for (Closeable resource : resources) {
            try {
                if (resource != null) {
                    resource.close();
                }
            } catch (IOException e) {
                // The failure that led here is the one to report.
            }
        }
    }

    /** The file's path. */
    public String name() {
        return path.toString();
    }

    /** Bytes of the whole file: no honest part of it is larger than this, compression aside. */
    long size() {
        return size;
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
            long at = address + file.getUserBlockSize();
            while (into.hasRemaining()) {
                int n = bytes.read(into, at);
                if (n < 0) {
                    throw failure(
                            object,
                            "ends beyond the end of the file at byte " + size
                                    + ". The file is truncated; copy or download it again");
                }
                at += n;
            }
        } catch (IOException e) {
            throw new HoxException("Cannot read " + path + " (" + object + "): " + e.getMessage() + ".", e);
        }
    }

    HoxException failure(String object, String what) {
        return new HoxException(path + ": " + object + " " + what + ".");
    }

    <T> T guarded(String object, Supplier<T> action) {
        return guarded(path, object, action);
    }

    /**
     * jHDF answers damaged bytes with all kinds of unchecked exceptions, and with errors when a damaged length is
     * absurd or a tree points to itself.
     */
    private static <T> T guarded(Path path, String object, Supplier<T> action) {
        try {
            return action.get();
        } catch (HoxException e) {
            throw e;
        } catch (RuntimeException | OutOfMemoryError | StackOverflowError | InternalError e) {
            String reason = reason(e);
            throw new HoxException(
                    path + ": " + object + " cannot be read (" + reason
                            + "). The file is truncated, damaged, or uses an HDF5 feature that is not supported; check it with"
                            + " anndata.read_h5ad, or copy or download it again.",
                    e);
        }
    }

    /** The innermost message says most: jHDF wraps it in ones that name only the object. */
    private static String reason(Throwable e) {
        Throwable cause = e;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        String message = cause.getMessage();
        return message == null ? cause.getClass().getSimpleName() : message;
    }

    @Override
    public void close() {
        closeQuietly(
                bytes,
                () -> guarded(path, "/", () -> {
                    file.close();
                    return null;
                }));
    }
}
