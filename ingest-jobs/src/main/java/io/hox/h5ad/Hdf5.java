package io.hox.h5ad;

import io.hox.HoxException;
import io.jhdf.HdfFile;
import io.jhdf.api.Attribute;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
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
import java.util.Arrays;
import java.util.function.Supplier;

/**
 * An HDF5 file through jHDF, without memory maps, and with every failure turned into a message that names file and
 * object.
 */
final class Hdf5 implements Closeable {
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

    static Hdf5 open(Path path) {
        if (!Files.exists(path)) {
            throw new HoxException("There is no file " + path + ".");
        }
        if (!Files.isRegularFile(path)) {
            throw new HoxException(path + " is not a file. Give an .h5ad file.");
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

    Path path() {
        return path;
    }

    /** Bytes of the whole file: no honest part of it is larger than this, compression aside. */
    long size() {
        return size;
    }

    Group root() {
        return file;
    }

    /** Where jHDF finds what a value refers to: the heaps of strings. */
    HdfBackingStorage storage() {
        return file.getHdfBackingStorage();
    }

    /** The object of a group with that name, or null. A slash in the name leads into a group below. */
    Node child(Group parent, String name) {
        int slash = name.indexOf('/');
        Node node =
                guarded(parent.getPath() + name, () -> parent.getChild(slash < 0 ? name : name.substring(0, slash)));
        if (node != null && node.isLink()) {
            // A link may lead into any other file.
            throw failure(node.getPath(), "is a link, which anndata does not write and which is not followed");
        }
        if (slash < 0 || node == null) {
            return node;
        }
        return node instanceof Group group ? child(group, name.substring(slash + 1)) : null;
    }

    Node nodeAt(long address, String what) {
        return guarded(what, () -> file.getNodeByAddress(address));
    }

    Dataset dataset(Group parent, String name) {
        Node node = child(parent, name);
        if (node instanceof Dataset dataset) {
            return dataset;
        }
        String what = node == null ? "is missing" : "is a group, not a dataset";
        throw failure(parent.getPath() + name, what + ". The file is damaged or was not written by anndata");
    }

    /** The value of an attribute: a string, a boxed number, an array; null where it is absent or empty. */
    Object attribute(Node node, String name) {
        return guarded(node.getPath() + "@" + name, () -> {
            Attribute attribute = node.getAttribute(name);
            return attribute == null ? null : attribute.getData();
        });
    }

    String text(Node node, String name) {
        Object value = attribute(node, name);
        if (value instanceof String[] array && array.length == 1) {
            return array[0];
        }
        return value instanceof String text ? text : null;
    }

    /** A whole-number array attribute, or null. */
    long[] numbers(Node node, String name) {
        Object value = attribute(node, name);
        if (value instanceof long[] longs) {
            return longs;
        }
        if (value instanceof int[] ints) {
            return Arrays.stream(ints).asLongStream().toArray();
        }
        return null;
    }

    boolean flag(Node node, String name) {
        Object value = attribute(node, name);
        return Boolean.TRUE.equals(value)
                || "TRUE".equals(value)
                || value instanceof Number number && number.intValue() != 0;
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
