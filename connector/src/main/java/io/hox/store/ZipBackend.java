package io.hox.store;

import io.hox.HoxException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;

/** The files of a zip archive. Of files with one name the last one counts. */
final class ZipBackend implements Backend {

    private final String uri;
    private final ZipFile zip;
    private final ZipContents contents;
    private final TreeMap<String, ZipArchiveEntry> entries = new TreeMap<>();

    ZipBackend(ObjectChannel bytes, String uri) {
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
        this.contents = new ZipContents(zip, bytes, uri);
        Enumeration<ZipArchiveEntry> all = zip.getEntries();
        while (all.hasMoreElements()) {
            ZipArchiveEntry entry = all.nextElement();
            if (!entry.isDirectory()) {
                entries.put(entry.getName(), entry);
            }
        }
    }

    @Override
    public StoredObject find(String key) {
        ZipArchiveEntry entry = entries.get(key);
        return entry == null ? null : new ZippedObject(entry);
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

    private final class ZippedObject extends StoredObject implements Source {
        private final ZipArchiveEntry entry;

        ZippedObject(ZipArchiveEntry entry) {
            this.entry = entry;
        }

        @Override
        Source open() {
            return this;
        }

        @Override
        public long size() {
            return entry.getSize();
        }

        @Override
        public void readFully(long position, byte[] into, int at, int length) throws IOException {
            contents.read(entry, position, into, at, length);
        }

        @Override
        public void close() {}
    }
}
