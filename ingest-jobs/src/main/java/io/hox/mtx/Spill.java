package io.hox.mtx;

import io.hox.HoxException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/**
 * A temporary file of entries in several ranges, written in any order and read range by range. It has no name from the
 * start, so that nothing is left of it however the process ends.
 */
final class Spill implements Closeable {
    private static final int ENTRY = 2 * Integer.BYTES + Long.BYTES;
    private static final int BUFFER = 1024 * ENTRY;

    /** The entries of a range in the order in which they were added. */
    record Entries(int[] cells, int[] features, long[] bits) {}

    private final TextFile source;
    private final Path directory;
    private final FileChannel channel;
    private final ByteBuffer[] buffers;
    /** Of each range, where its full buffers lie in the file. */
    private final long[][] extents;

    private final int[] counts;
    private long size;

    /** @param directory where it lies */
    Spill(TextFile source, int ranges, Path directory) {
        this.source = source;
        this.directory = directory;
        this.buffers = new ByteBuffer[ranges];
        this.extents = new long[ranges][4];
        this.counts = new int[ranges];
        try {
            Path path = Files.createTempFile(directory, "hox-sort-", ".tmp");
            this.channel = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
            Files.delete(path);
        } catch (IOException e) {
            throw failure(e);
        }
    }

    void add(int range, int cell, int feature, long bits) {
        ByteBuffer buffer = buffers[range];
        if (buffer == null) {
            buffer = ByteBuffer.allocate(BUFFER);
            buffers[range] = buffer;
        } else if (!buffer.hasRemaining()) {
            write(range, buffer);
        }
        buffer.putInt(cell).putInt(feature).putLong(bits);
    }

    private void write(int range, ByteBuffer buffer) {
        buffer.flip();
        if (counts[range] == extents[range].length) {
            extents[range] = Arrays.copyOf(extents[range], 2 * counts[range]);
        }
        extents[range][counts[range]++] = size;
        try {
            while (buffer.hasRemaining()) {
                size += channel.write(buffer, size);
            }
        } catch (IOException e) {
            throw failure(e);
        }
        buffer.clear();
    }

    /** All entries of a range, once: what it had in memory is given up. */
    Entries read(int range) {
        ByteBuffer last = buffers[range];
        if (last == null) {
            return new Entries(new int[0], new int[0], new long[0]);
        }
        buffers[range] = null;
        last.flip();
        int n = counts[range] * (BUFFER / ENTRY) + last.remaining() / ENTRY;
        Entries entries = new Entries(new int[n], new int[n], new long[n]);
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
        int at = 0;
        for (int i = 0; i < counts[range]; i++) {
            buffer.clear();
            try {
                while (buffer.hasRemaining()) {
                    if (channel.read(buffer, extents[range][i] + buffer.position()) < 0) {
                        throw new IOException("the temporary file became shorter");
                    }
                }
            } catch (IOException e) {
                throw failure(e);
            }
            at = take(buffer.flip(), entries, at);
        }
        take(last, entries, at);
        return entries;
    }

    private static int take(ByteBuffer from, Entries entries, int start) {
        int at = start;
        while (from.hasRemaining()) {
            entries.cells()[at] = from.getInt();
            entries.features()[at] = from.getInt();
            entries.bits()[at++] = from.getLong();
        }
        return at;
    }

    private HoxException failure(IOException e) {
        String reason = e instanceof NoSuchFileException ? "there is no such directory" : e.getMessage();
        return new HoxException(
                source + " has its entries in another order than its cells, and sorting them in " + directory
                        + " failed: " + reason + ". It takes " + ENTRY
                        + " bytes an entry there: make room, or name another directory with -Djava.io.tmpdir=DIR.",
                e);
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw failure(e);
        }
    }
}
