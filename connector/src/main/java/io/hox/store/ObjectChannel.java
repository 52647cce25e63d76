package io.hox.store;

import io.hox.HoxException;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An object as a channel to read from anywhere, for libraries that want a file. Reads fill the buffer wherever the object
 * is long enough. Of remote objects, blocks are kept: what jumps about in small steps asks for each of them once.
 * Failures of the storage are {@link HoxException}s that name store and object. Not thread-safe.
 */
public final class ObjectChannel implements SeekableByteChannel {
    /** Bytes of a block; longer reads go past the blocks. */
    static final int BLOCK = 1 << 20;
    /** Blocks that are kept at most, the last used ones. */
    static final int BLOCKS = 24;
    /** Larger requests are cut. */
    private static final int LARGEST_REQUEST = 16 << 20;

    private final Backend.Source source;
    private final RequestCounter counter;
    private final String where;
    private final long size;
    private final Map<Long, byte[]> blocks;
    private long position;
    private boolean closed;

    /** @param keepBlocks whether a request is so dear that blocks are worth their copy */
    ObjectChannel(Backend.Source source, RequestCounter counter, String where, boolean keepBlocks) throws IOException {
        this.source = source;
        this.counter = counter;
        this.where = where;
        this.size = source.size();
        this.blocks = keepBlocks
                ? new LinkedHashMap<>(2 * BLOCKS, 0.75f, true) {
                    private static final long serialVersionUID = 1L;

                    @Override
                    protected boolean removeEldestEntry(Map.Entry<Long, byte[]> eldest) {
                        return size() > BLOCKS;
                    }
                }
                : null;
    }

    /** Reads as many bytes as the buffer has room for, fewer only at the object's end; -1 there. */
    @Override
    public int read(ByteBuffer into) throws IOException {
        if (closed) {
            throw new ClosedChannelException();
        }
        if (position >= size) {
            return -1;
        }
        int n = (int) Math.min(into.remaining(), size - position);
        if (into.hasArray()) {
            fill(into.array(), into.arrayOffset() + into.position(), n);
            into.position(into.position() + n);
        } else {
            byte[] bytes = new byte[n];
            fill(bytes, 0, n);
            into.put(bytes);
        }
        position += n;
        return n;
    }

    private void fill(byte[] into, int at, int n) {
        if (blocks == null || n >= BLOCK) {
            for (int done = 0; done < n; done += LARGEST_REQUEST) {
                request(position + done, into, at + done, Math.min(LARGEST_REQUEST, n - done));
            }
            return;
        }
        for (int done = 0; done < n; ) {
            long from = position + done;
            byte[] block = block(from / BLOCK);
            int inBlock = (int) (from % BLOCK);
            int take = Math.min(n - done, block.length - inBlock);
            System.arraycopy(block, inBlock, into, at + done, take);
            done += take;
        }
    }

    private byte[] block(long number) {
        byte[] block = blocks.get(number);
        if (block == null) {
            long start = number * BLOCK;
            block = new byte[(int) Math.min(BLOCK, size - start)];
            request(start, block, 0, block.length);
            blocks.put(number, block);
        }
        return block;
    }

    private void request(long from, byte[] into, int at, int n) {
        try {
            source.readFully(from, into, at, n);
        } catch (EOFException e) {
            throw new HoxException(where + " became shorter than " + size + " bytes while it was read", e);
        } catch (IOException e) {
            throw new HoxException("cannot read " + where + ": " + FailureReason.of(e), e);
        }
        counter.read(n, 0);
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public ObjectChannel position(long newPosition) {
        if (newPosition < 0) {
            throw new IllegalArgumentException("position " + newPosition + " is negative");
        }
        position = newPosition;
        return this;
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public boolean isOpen() {
        return !closed;
    }

    @Override
    public int write(ByteBuffer from) {
        throw new NonWritableChannelException();
    }

    @Override
    public SeekableByteChannel truncate(long newSize) {
        throw new NonWritableChannelException();
    }

    @Override
    public void close() throws IOException {
        if (!closed) {
            closed = true;
            source.close();
        }
    }

    @Override
    public String toString() {
        return where;
    }
}
