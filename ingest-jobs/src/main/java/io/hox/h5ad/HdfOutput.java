package io.hox.h5ad;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hox.HoxException;
import io.hox.zarr.DataType;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * An HDF5 file that grows at its end: raw data first, headers when they are complete, the superblock last. jHDF's own
 * writer wants every dataset in memory and knows neither booleans nor strings of variable length.
 */
final class HdfOutput implements Closeable {
    private static final int SUPERBLOCK = 48;
    private static final int HEAP = 1 << 16;
    private static final int HEAP_HEADER = 16;
    private static final int HEAP_OBJECT_HEADER = 16;
    private static final byte[] SIGNATURE = {(byte) 0x89, 'H', 'D', 'F', '\r', '\n', 0x1a, '\n'};

    private final Path path;
    private final FileChannel channel;
    private long end = SUPERBLOCK;
    private ByteBuffer heap;
    private long heapAddress;
    private int heapObjects;

    HdfOutput(Path path) {
        this.path = path;
        try {
            this.channel = FileChannel.open(path, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
        } catch (IOException e) {
            throw failure(e);
        }
    }

    /** Appends a block and returns its address. */
    long append(byte[] bytes, int length) {
        long address = reserve(length);
        write(address, ByteBuffer.wrap(bytes, 0, length));
        return address;
    }

    long append(byte[] bytes) {
        return append(bytes, bytes.length);
    }

    long append(ObjectHeader header) {
        return append(header.bytes());
    }

    /** The address that the next block gets. */
    long end() {
        return end;
    }

    private long reserve(long length) {
        long address = end;
        end += length + 7 & ~7L;
        return address;
    }

    private void write(long address, ByteBuffer bytes) {
        try {
            long at = address;
            while (bytes.hasRemaining()) {
                at += channel.write(bytes, at);
            }
        } catch (IOException e) {
            throw failure(e);
        }
    }

    private HoxException failure(IOException e) {
        return new HoxException(
                "Cannot write " + path + ": " + e.getMessage()
                        + ". Check that the directory exists, is writable and has free space.",
                e);
    }

    /** Stores a string in a heap and puts the reference to it. */
    void putString(String text, ByteBuffer reference) {
        byte[] utf8 = text.getBytes(UTF_8);
        if (utf8.length == 0) {
            reference.putInt(0).putLong(0).putInt(0);
            return;
        }
        int size = HEAP_OBJECT_HEADER + (utf8.length + 7 & ~7);
        if (heap == null || heap.remaining() < size || heapObjects == 0xffff) {
            flushHeap();
            heap = ObjectHeader.buffer(Math.max(HEAP, HEAP_HEADER + size));
            heap.put("GCOL".getBytes(UTF_8)).putInt(1).putLong(heap.capacity());
            heapAddress = reserve(heap.capacity());
            heapObjects = 0;
        }
        heapObjects++;
        int start = heap.position();
        heap.putShort((short) heapObjects)
                .putShort((short) 1)
                .putInt(0)
                .putLong(utf8.length)
                .put(utf8);
        heap.position(start + size);
        reference.putInt(utf8.length).putLong(heapAddress).putInt(heapObjects);
    }

    private void flushHeap() {
        if (heap == null) {
            return;
        }
        if (heap.remaining() >= HEAP_OBJECT_HEADER) {
            // Object 0 is the free space.
            int free = heap.remaining();
            heap.putLong(0).putLong(free);
        }
        write(heapAddress, ByteBuffer.wrap(heap.array()));
        heap = null;
    }

    byte[] text(String name, String value) {
        return HdfType.attribute(name, HdfType.string(), HdfType.space(), references(value));
    }

    byte[] texts(String name, String... values) {
        byte[] space = HdfType.space(values.length);
        if (values.length == 0) {
            // As anndata does: numpy's empty array is one of doubles.
            return HdfType.attribute(name, HdfType.of(DataType.FLOAT64), space, new byte[0]);
        }
        return HdfType.attribute(name, HdfType.string(), space, references(values));
    }

    byte[] flag(String name, boolean value) {
        byte[] data = {(byte) (value ? 1 : 0)};
        return HdfType.attribute(name, HdfType.of(DataType.BOOL), HdfType.space(), data);
    }

    byte[] numbers(String name, long... values) {
        ByteBuffer data = ObjectHeader.buffer(8 * values.length);
        for (long value : values) {
            data.putLong(value);
        }
        return HdfType.attribute(name, HdfType.of(DataType.INT64), HdfType.space(values.length), data.array());
    }

    private byte[] references(String... values) {
        ByteBuffer data = ObjectHeader.buffer(HdfType.STRING_REFERENCE * values.length);
        for (String value : values) {
            putString(value, data);
        }
        return data.array();
    }

    /** Writes the superblock: the file is valid from now on. */
    void finish(long rootGroup) {
        flushHeap();
        ByteBuffer block = ObjectHeader.buffer(SUPERBLOCK);
        block.put(SIGNATURE).put((byte) 2).put((byte) 8).put((byte) 8).put((byte) 0);
        block.putLong(0).putLong(ObjectHeader.UNDEFINED).putLong(end).putLong(rootGroup);
        write(0, ByteBuffer.wrap(ObjectHeader.checked(block)));
        try {
            if (channel.size() < end) {
                write(end - 1, ByteBuffer.allocate(1));
            }
            channel.force(false);
        } catch (IOException e) {
            throw failure(e);
        }
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
