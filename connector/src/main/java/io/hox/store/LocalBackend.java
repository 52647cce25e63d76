package io.hox.store;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;

/** Files below a directory. */
final class LocalBackend implements Backend {
    /** NIO keeps one direct buffer of the largest read per thread: reads are cut into pieces of this size. */
    private static final int PIECE = 1 << 20;

    private static final String TEMPORARY = ".hox-";

    private final Path root;

    LocalBackend(Path root) {
        this.root = root;
    }

    @Override
    public StoredObject find(String key) throws IOException {
        Path path = root.resolve(key);
        try {
            BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
            return attributes.isDirectory() ? null : new LocalObject(path, attributes.size());
        } catch (IOException e) {
            return ifAbsent(e, null);
        }
    }

    @Override
    public Sink create(String key) throws IOException {
        Path target = root.resolve(key);
        Files.createDirectories(target.getParent());
        Path temporary = target.resolveSibling(TEMPORARY + UUID.randomUUID() + ".tmp");
        return new LocalSink(temporary, target);
    }

    @Override
    public List<String> list(String directory) throws IOException {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> children = Files.newDirectoryStream(root.resolve(directory))) {
            for (Path child : children) {
                String name = child.getFileName().toString();
                if (!name.startsWith(TEMPORARY)) {
                    names.add(name);
                }
            }
        } catch (IOException e) {
            return ifAbsent(e, List.of());
        }
        Collections.sort(names);
        return names;
    }

    @Override
    public void visitChildren(String directory, Consumer<StoreEntry> visitor) throws IOException {
        try (DirectoryStream<Path> children = Files.newDirectoryStream(root.resolve(directory))) {
            for (Path child : children) {
                BasicFileAttributes attributes =
                        Files.readAttributes(child, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
                visitor.accept(entry(child, attributes));
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        } catch (IOException e) {
            ifAbsent(e, null);
        }
    }

    @Override
    public void visitObjects(String directory, Consumer<StoreEntry> visitor) throws IOException {
        Path start = root.resolve(directory);
        if (!Files.exists(start, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Files.walkFileTree(start, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                visitor.accept(entry(file, attributes));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
                // Others may delete and rename meanwhile.
                ifAbsent(e, null);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private static StoreEntry entry(Path path, BasicFileAttributes attributes) {
        return new StoreEntry(
                path.getFileName().toString(),
                attributes.isDirectory(),
                attributes.size(),
                attributes.lastModifiedTime().toMillis());
    }

    @Override
    public void delete(String key) throws IOException {
        Files.deleteIfExists(root.resolve(key));
    }

    @Override
    public void deleteRecursively(String directory) throws IOException {
        Path start = root.resolve(directory);
        if (!Files.exists(start)) {
            return;
        }
        Files.walkFileTree(start, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, IOException failure) throws IOException {
                if (failure != null) {
                    throw failure;
                }
                Files.delete(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    @Override
    public boolean isRemote() {
        return false;
    }

    /** A path that leads through a regular file does not exist either. */
    private static <T> T ifAbsent(IOException e, T value) throws IOException {
        boolean absent = e instanceof NoSuchFileException
                || e instanceof NotDirectoryException
                || String.valueOf(e.getMessage()).endsWith("Not a directory");
        if (absent) {
            return value;
        }
        throw e;
    }

    private static final class LocalObject extends StoredObject {
        private final Path path;
        private final long size;

        LocalObject(Path path, long size) {
            this.path = path;
            this.size = size;
        }

        @Override
        public long size() {
            return size;
        }

        @Override
        Source open() throws IOException {
            return new LocalSource(FileChannel.open(path, StandardOpenOption.READ));
        }
    }

    private static final class LocalSource implements Source {
        private final FileChannel channel;

        LocalSource(FileChannel channel) {
            this.channel = channel;
        }

        @Override
        public long size() throws IOException {
            return channel.size();
        }

        @Override
        public void readFully(long position, byte[] into, int at, int length) throws IOException {
            int done = 0;
            while (done < length) {
                ByteBuffer piece = ByteBuffer.wrap(into, at + done, Math.min(PIECE, length - done));
                int n = channel.read(piece, position + done);
                if (n < 0) {
                    throw new EOFException("end of file at " + (position + done));
                }
                done += n;
            }
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }

    private static final class LocalSink extends Sink {
        private final Path temporary;
        private final Path target;
        private final FileChannel channel;
        private boolean done;

        LocalSink(Path temporary, Path target) throws IOException {
            this.temporary = temporary;
            this.target = target;
            this.channel = FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            int end = offset + length;
            int at = offset;
            while (at < end) {
                at += channel.write(ByteBuffer.wrap(bytes, at, Math.min(PIECE, end - at)));
            }
        }

        @Override
        public void close() throws IOException {
            if (done) {
                return;
            }
            done = true;
            try {
                channel.close();
                Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } catch (IOException e) {
                Files.deleteIfExists(temporary);
                throw e;
            }
        }

        @Override
        void discard() throws IOException {
            if (!done) {
                done = true;
                channel.close();
                Files.deleteIfExists(temporary);
            }
        }
    }
}
