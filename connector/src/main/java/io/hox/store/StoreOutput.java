package io.hox.store;

import java.io.IOException;

/** Collects small writes, counts, and publishes or forgets the object. */
final class StoreOutput extends ObjectOutput {
    private static final int BUFFER = 1 << 16;

    private final Backend.Sink sink;
    private final RequestCounter counter;
    private final byte[] buffer = new byte[BUFFER];
    private int buffered;
    private long position;
    private boolean closed;

    StoreOutput(Backend.Sink sink, RequestCounter counter) {
        this.sink = sink;
        this.counter = counter;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        if (closed) {
            throw new IOException("the object is closed");
        }
        if (length > BUFFER - buffered) {
            flushBuffer();
        }
        if (length >= BUFFER) {
            sink.write(bytes, offset, length);
        } else {
            System.arraycopy(bytes, offset, buffer, buffered, length);
            buffered += length;
        }
        position += length;
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        try {
            flushBuffer();
        } catch (IOException e) {
            abort();
            throw e;
        }
        closed = true;
        sink.close();
        counter.wrote(position);
    }

    @Override
    public void abort() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            sink.discard();
        } catch (IOException e) {
            // The caller is already handling a failure; what remains is a temporary object that nobody lists.
            buffered = 0;
        }
    }

    private void flushBuffer() throws IOException {
        if (buffered > 0) {
            sink.write(buffer, 0, buffered);
            buffered = 0;
        }
    }
}
