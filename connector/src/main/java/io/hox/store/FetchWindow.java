package io.hox.store;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * The requests that one reader has in flight or holds: those of several objects, sent in the order in which they will
 * be taken, as many at a time as their bytes may be held. Thread-safe; one thread takes.
 */
public final class FetchWindow {
    /** Bytes that are in flight or have arrived; a single request may be larger. */
    static final long MAX_BYTES = 64L << 20;

    private final ArrayDeque<RangeRead> waiting = new ArrayDeque<>();
    private final List<RangeRead> sent = new ArrayList<>();
    /** Requests of the first one waiting that were sent. */
    private int sentOfFirst;

    private long held;
    private boolean closed;

    /** Queues the requests for parts of an object behind those that were added before. */
    public synchronized void add(RangeRead read) {
        waiting.add(read);
        send();
    }

    private void send() {
        while (!closed && !waiting.isEmpty()) {
            RangeRead first = waiting.peek();
            int end = sentOfFirst;
            while (end < first.requests() && (held == 0 || held + first.bytes(end) <= MAX_BYTES)) {
                held += first.bytes(end++);
            }
            if (end > sentOfFirst) {
                if (sentOfFirst == 0) {
                    sent.add(first);
                }
                first.send(end - sentOfFirst);
                sentOfFirst = end;
            }
            if (end < first.requests()) {
                return;
            }
            waiting.remove();
            sentOfFirst = 0;
        }
    }

    /** Waits for the requests of an object, one after the other, and hands their ranges on. Objects come as added. */
    public void deliver(RangeRead read, SliceConsumer consumer) {
        for (int request = 0; request < read.requests(); request++) {
            read.deliver(request, consumer);
            synchronized (this) {
                held -= read.bytes(request);
                send();
            }
        }
        synchronized (this) {
            sent.remove(read);
        }
    }

    /** Sends nothing more, and forgets what is under way. */
    public synchronized void close() {
        closed = true;
        waiting.clear();
        sent.forEach(RangeRead::cancel);
        sent.clear();
    }
}
