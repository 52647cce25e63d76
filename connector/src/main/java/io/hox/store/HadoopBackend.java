package io.hox.store;

import io.hox.HoxException;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Abortable;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.hadoop.fs.UnsupportedFileSystemException;
import org.apache.hadoop.io.IOUtils;
import org.apache.hadoop.security.UserGroupInformation;

/** Objects of any Hadoop file system. */
final class HadoopBackend implements Backend {
    /**
     * One client per place, settings and user. Hadoop's own cache ignores the settings; clients are heavy, and live as
     * long as the JVM, as they do there (Hadoop closes them at shutdown).
     */
    private static final ConcurrentHashMap<List<Object>, FileSystem> CLIENTS = new ConcurrentHashMap<>();

    private final FileSystem fileSystem;
    private final StoreUri root;
    /** Whether streams read several ranges at the same time, as far as is known. */
    private volatile boolean readsTogether = VectoredRead.exists();

    private HadoopBackend(FileSystem fileSystem, StoreUri root) {
        this.fileSystem = fileSystem;
        this.root = root;
    }

    static HadoopBackend open(StoreUri uri, Map<String, String> options) {
        try {
            List<Object> identity =
                    List.of(uri.fileSystem(), new TreeMap<>(options), UserGroupInformation.getCurrentUser());
            FileSystem client = CLIENTS.get(identity);
            if (client == null) {
                synchronized (CLIENTS) {
                    client = CLIENTS.get(identity);
                    if (client == null) {
                        client = connect(uri, options);
                        CLIENTS.put(identity, client);
                    }
                }
            }
            return new HadoopBackend(client, uri);
        } catch (IOException | IllegalArgumentException e) {
            throw new HoxException("cannot open " + uri.fileSystem() + ": " + e.getMessage(), e);
        }
    }

    private static FileSystem connect(StoreUri uri, Map<String, String> options) throws IOException {
        Configuration configuration = new Configuration();
        ClientDefaults.apply(configuration);
        options.forEach(configuration::set);
        try {
            FileSystem client = FileSystem.newInstance(URI.create(uri.fileSystem() + "/"), configuration);
            client.setWriteChecksum(false);
            client.setVerifyChecksum(false);
            return client;
        } catch (UnsupportedFileSystemException e) {
            throw new HoxException(
                    "no Hadoop file system is known for '" + uri.scheme() + "': add its jar to the class path"
                            + " (for s3 hadoop-aws) or set fs." + uri.scheme() + ".impl",
                    e);
        }
    }

    private Path path(String key) {
        // The constructor with parts takes names literally, colons included.
        String base = root.path().equals("/") ? "" : root.path();
        return new Path(root.scheme(), root.authority(), key.isEmpty() ? orRoot(base) : base + "/" + key);
    }

    private static String orRoot(String path) {
        return path.isEmpty() ? "/" : path;
    }

    @Override
    public StoredObject find(String key) throws IOException {
        try {
            FileStatus status = fileSystem.getFileStatus(path(key));
            return status.isFile() ? new HadoopObject(status) : null;
        } catch (FileNotFoundException e) {
            return null;
        }
    }

    @Override
    public Sink create(String key) throws IOException {
        return new HadoopSink(fileSystem.create(path(key), true), path(key));
    }

    @Override
    public List<String> list(String directory) throws IOException {
        List<String> names = new ArrayList<>();
        try {
            for (FileStatus child : fileSystem.listStatus(path(directory))) {
                names.add(child.getPath().getName());
            }
        } catch (FileNotFoundException e) {
            return List.of();
        }
        Collections.sort(names);
        return names;
    }

    @Override
    public void visitChildren(String directory, Consumer<StoreEntry> visitor) throws IOException {
        visit(path(directory), false, visitor);
    }

    @Override
    public void visitObjects(String directory, Consumer<StoreEntry> visitor) throws IOException {
        visit(path(directory), true, visitor);
    }

    private void visit(Path directory, boolean below, Consumer<StoreEntry> visitor) throws IOException {
        try {
            RemoteIterator<FileStatus> children = fileSystem.listStatusIterator(directory);
            while (children.hasNext()) {
                FileStatus child = children.next();
                if (below && child.isDirectory()) {
                    visit(child.getPath(), true, visitor);
                } else {
                    visitor.accept(new StoreEntry(
                            child.getPath().getName(),
                            child.isDirectory(),
                            child.getLen(),
                            child.getModificationTime()));
                }
            }
        } catch (FileNotFoundException e) {
            // Absent, or removed while it was listed.
            return;
        }
    }

    @Override
    public void delete(String key) throws IOException {
        fileSystem.delete(path(key), false);
    }

    @Override
    public void deleteRecursively(String directory) throws IOException {
        fileSystem.delete(path(directory), true);
    }

    @Override
    public boolean isRemote() {
        return true;
    }

    private final class HadoopObject extends StoredObject {
        private final FileStatus status;

        HadoopObject(FileStatus status) {
            this.status = status;
        }

        @Override
        public long size() {
            return status.getLen();
        }

        @Override
        Source open() {
            return new HadoopSource(status);
        }

        @Override
        boolean mayReadTogether() {
            return readsTogether;
        }

        @Override
        List<CompletableFuture<byte[]>> readTogether(List<ByteRange> ranges) throws IOException {
            FSDataInputStream stream = openStream(status);
            List<CompletableFuture<byte[]>> parts = null;
            try {
                readsTogether = VectoredRead.suits(stream);
                parts = readsTogether ? VectoredRead.start(stream, ranges) : null;
                return parts;
            } finally {
                CompletableFuture.allOf(
                                parts == null ? new CompletableFuture<?>[0] : parts.toArray(CompletableFuture[]::new))
                        .whenComplete((all, failure) -> IOUtils.closeStream(stream));
            }
        }
    }

    /** Passing the status on spares object stores a second question for the size. */
    private FSDataInputStream openStream(FileStatus status) throws IOException {
        try {
            return fileSystem
                    .openFile(status.getPath())
                    .withFileStatus(status)
                    .build()
                    .get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while opening " + status.getPath(), e);
        }
    }

    private final class HadoopSource implements Source {
        private final FileStatus status;
        private FSDataInputStream stream;

        HadoopSource(FileStatus status) {
            this.status = status;
        }

        @Override
        public long size() {
            return status.getLen();
        }

        @Override
        public void readFully(long position, byte[] into, int at, int length) throws IOException {
            if (position + length > status.getLen()) {
                throw new EOFException("end of object at " + status.getLen());
            }
            if (stream == null) {
                stream = openStream(status);
            }
            stream.readFully(position, into, at, length);
        }

        @Override
        public void close() throws IOException {
            if (stream != null) {
                stream.close();
            }
        }
    }

    private final class HadoopSink extends Sink {
        private final FSDataOutputStream stream;
        private final Path path;
        private boolean done;

        HadoopSink(FSDataOutputStream stream, Path path) {
            this.stream = stream;
            this.path = path;
        }

        @Override
        public void write(int b) throws IOException {
            stream.write(b);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            stream.write(bytes, offset, length);
        }

        @Override
        public void close() throws IOException {
            if (!done) {
                done = true;
                stream.close();
            }
        }

        /** Object stores can forget an upload; other file systems show a file while it grows, so it is removed. */
        @Override
        void discard() throws IOException {
            if (done) {
                return;
            }
            done = true;
            if (stream.hasCapability("fs.capability.outputstream.abortable")) {
                Abortable abortable = stream;
                abortable.abort();
            } else {
                stream.close();
                fileSystem.delete(path, false);
            }
        }
    }
}
