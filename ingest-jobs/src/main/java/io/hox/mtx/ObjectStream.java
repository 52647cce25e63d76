package io.hox.mtx;

import io.hox.store.ByteRange;
import io.hox.store.ByteSlice;
import io.hox.store.ObjectStore;
import java.io.InputStream;

/** An object of a store from its first byte to its last, in requests of some megabytes. */
final class ObjectStream extends InputStream {
    private static final int WINDOW = 4 << 20;

    private final ObjectStore store;
    private final String key;
    private final long size;
    private ByteSlice window;
    private int position;
    private long fetched;

    ObjectStream(ObjectStore store, String key, long size) {
        this.store = store;
        this.key = key;
        this.size = size;
    }

    @Override
    public int read() {
        return fill() ? window.array()[window.offset() + position++] & 0xff : -1;
    }

    @Override
    public int read(byte[] into, int offset, int length) {
        if (length == 0) {
            return 0;
        }
        if (!fill()) {
            return -1;
        }
        int n = Math.min(length, window.length() - position);
        System.arraycopy(window.array(), window.offset() + position, into, offset, n);
        position += n;
        return n;
    }

    /** Never 0 before the end: a gzip stream asks this to know whether another member follows. */
    @Override
    public int available() {
        long rest = size - fetched + (window == null ? 0 : window.length() - position);
        return (int) Math.min(Integer.MAX_VALUE, rest);
    }

    private boolean fill() {
        if (window != null && position < window.length()) {
            return true;
        }
        int n = (int) Math.min(WINDOW, size - fetched);
        if (n <= 0) {
            return false;
        }
        window = store.readRanges(key, new ByteRange[] {new ByteRange(fetched, n)})[0];
        fetched += n;
        position = 0;
        return true;
    }
}
