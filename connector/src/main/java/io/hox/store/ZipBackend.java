package io.hox.store;

import io.hox.HoxException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.zip.ZipEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;

/**
 * The files of a zip archive. What is stored as it is is read where it lies; what is compressed is unpacked whole, as
 * large as the archive says that it is and no larger, and the last one is kept. Of files with one name the last one
 * counts.
 */
final class ZipBackend implements Backend {
    /** Larger files have to be stored as they are. */
    private static final long LARGEST_UNPACKED = 1L << 28;
    /** Deflate shrinks nothing further. */
    private static final long LARGEST_EXPANSION = 1032;

    private final String uri;
    private final ObjectChannel bytes;
    private final ZipFile zip;
    private final TreeMap<String, ZipArchiveEntry> entries = new TreeMap<>();
    private String unpackedKey;
    private byte[] unpacked;

    ZipBackend(ObjectChannel bytes, String uri) {
        this.bytes = bytes;
        this.uri = uri;
        try {
            // Without the headers in front of the files, which lie all over the archive.
            this.zip = new ZipFile(bytes, uri, "UTF8", true, true);
        } catch (IOException | RuntimeException e) {
            throw new HoxException(
                    uri + " is no zip archive that can be read (" + e.getMessage()
                            + "). It is truncated or damaged; copy or download it again.",
                    e);
        }
        Enumeration<ZipArchiveEntry> all = zip.getEntries();
        while (all.hasMoreElements()) {
            ZipArchiveEntry entry = all.nextElement();
            if (!entry.isDirectory()) {
                entries.put(entry.getName(), entry);
            }
        }
    }

    @Override
    public long size(String key) {
        ZipArchiveEntry entry = entries.get(key);
        return entry == null ? -1 : entry.getSize();
    }

    @Override
    public Source open(String key) {
        ZipArchiveEntry entry = entries.get(key);
        return entry == null ? null : new ZipSource(key, entry);
    }

    @Override
    public List<String> list(String directory) {
        String prefix = directory.isEmpty() ? "" : directory + "/";
        List<String> names = new ArrayList<>();
        String key = entries.ceilingKey(prefix);
        while (key != null && key.startsWith(prefix)) {
            int slash = key.indexOf('/', prefix.length());
            names.add(key.substring(prefix.length(), slash < 0 ? key.length() : slash));
            // '0' follows '/': the next name behind everything below this one.
            key = slash < 0 ? entries.higherKey(key) : entries.ceilingKey(key.substring(0, slash) + '0');
        }
        names.sort(null);
        return names;
    }

    @Override
    public void visitChildren(String directory, Consumer<StoreEntry> visitor) {
        for (String name : list(directory)) {
            ZipArchiveEntry entry = entries.get(directory.isEmpty() ? name : directory + "/" + name);
            visitor.accept(entry == null ? new StoreEntry(name, true, 0, 0) : described(name, entry));
        }
    }

    @Override
    public void visitObjects(String directory, Consumer<StoreEntry> visitor) {
        String prefix = directory.isEmpty() ? "" : directory + "/";
        for (Map.Entry<String, ZipArchiveEntry> below : entries.tailMap(prefix).entrySet()) {
            String key = below.getKey();
            if (!key.startsWith(prefix)) {
                return;
            }
            visitor.accept(described(key.substring(key.lastIndexOf('/') + 1), below.getValue()));
        }
    }

    private static StoreEntry described(String name, ZipArchiveEntry entry) {
        return new StoreEntry(name, false, entry.getSize(), entry.getTime());
    }

    private synchronized void read(String key, ZipArchiveEntry entry, long position, byte[] into, int at, int length)
            throws IOException {
        if (position + length > entry.getSize()) {
            throw new EOFException();
        }
        if (entry.getMethod() != ZipEntry.STORED) {
            System.arraycopy(unpacked(key, entry), (int) position, into, at, length);
            return;
        }
        // Finding the content reads the header in front of it.
        try (InputStream content = zip.getRawInputStream(entry)) {
            if (content == null) {
                throw damaged(key, "its content cannot be found", null);
            }
        }
        ByteBuffer wanted = ByteBuffer.wrap(into, at, length);
        bytes.position(entry.getDataOffset() + position).read(wanted);
        if (wanted.hasRemaining()) {
            throw damaged(key, "it ends beyond the end of the archive", null);
        }
    }

    private byte[] unpacked(String key, ZipArchiveEntry entry) throws IOException {
        if (key.equals(unpackedKey)) {
            return unpacked;
        }
        long size = entry.getSize();
        if (size > LARGEST_UNPACKED || size > entry.getCompressedSize() * LARGEST_EXPANSION + 64) {
            throw damaged(
                    key,
                    "it claims to unpack from " + entry.getCompressedSize() + " to " + size
                            + " bytes, which is not believed",
                    null);
        }
        try (InputStream content = zip.getInputStream(entry)) {
            byte[] all = content.readNBytes((int) size);
            if (all.length < size || content.read() >= 0) {
                throw damaged(key, "it does not unpack to the " + size + " bytes that it claims", null);
            }
            unpacked = all;
            unpackedKey = key;
            return all;
        } catch (IOException | RuntimeException e) {
            throw e instanceof HoxException known ? known : damaged(key, String.valueOf(e.getMessage()), e);
        }
    }

    private HoxException damaged(String key, String what, Throwable cause) {
        return new HoxException(
                uri + ": file '" + key + "' in the archive cannot be read: " + what
                        + ". Copy or download the archive again, or unpack it and give the directory.",
                cause);
    }

    @Override
    public Sink create(String key) {
        throw readOnly();
    }

    @Override
    public void delete(String key) {
        throw readOnly();
    }

    @Override
    public void deleteRecursively(String directory) {
        throw readOnly();
    }

    private HoxException readOnly() {
        return new HoxException(uri + " is a zip archive and can only be read.");
    }

    @Override
    public boolean isRemote() {
        return false;
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }

    private final class ZipSource implements Source {
        private final String key;
        private final ZipArchiveEntry entry;

        ZipSource(String key, ZipArchiveEntry entry) {
            this.key = key;
            this.entry = entry;
        }

        @Override
        public long size() {
            return entry.getSize();
        }

        @Override
        public void readFully(long position, byte[] into, int at, int length) throws IOException {
            read(key, entry, position, into, at, length);
        }

        @Override
        public void close() {}
    }
}
