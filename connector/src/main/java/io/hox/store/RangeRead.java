package io.hox.store;

import io.hox.HoxException;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * The requests for parts of one object. They are sent ahead through a {@link FetchWindow}, or carried out one after the
 * other in the calling thread.
 */
public final class RangeRead {
    private final String uri;
    private final String key;
    private final StoredObject object;
    private final RequestCounter counter;
    private final RangePlan plan;
    /** What was sent ahead and not yet taken; null before and after. */
    private final List<CompletableFuture<byte[]>> bodies = new ArrayList<>();

    RangeRead(ObjectStore store, String key, StoredObject object, RangePlan plan) {
        this.uri = store.uri();
        this.key = key;
        this.object = object;
        this.counter = store.counter();
        this.plan = plan;
        for (int request = 0; request < plan.count(); request++) {
            checkInside(request, object.size());
        }
    }

    /** The number of requests. */
    public int requests() {
        return plan.count();
    }

    /** The bytes that a request fetches. */
    public int bytes(int request) {
        return plan.length(request);
    }

    /** Sends a request; requests are sent in their order. */
    synchronized void send() {
        int request = bodies.size();
        bodies.add(FetchPool.submit(() -> {
            try (Backend.Source source = open()) {
                checkInside(request, source.size());
                byte[] body = new byte[plan.length(request)];
                read(source, request, body);
                return body;
            } catch (IOException | InvalidPathException e) {
                throw failure(e);
            }
        }));
    }

    private synchronized CompletableFuture<byte[]> take(int request) {
        if (request >= bodies.size()) {
            throw new HoxException("reading '" + key + "' in store " + uri + " was given up");
        }
        return bodies.set(request, null);
    }

    /** Waits for a request that was sent, and hands its ranges on. */
    void deliver(int request, SliceConsumer consumer) {
        long start = System.nanoTime();
        byte[] body = Futures.await(take(request));
        deliver(request, body, consumer, start);
    }

    private void deliver(int request, byte[] body, SliceConsumer consumer, long start) {
        long arrived = System.nanoTime();
        plan.deliver(request, body, consumer);
        counter.took(arrived - start, System.nanoTime() - arrived);
    }

    synchronized void cancel() {
        for (CompletableFuture<byte[]> body : bodies) {
            if (body != null) {
                body.cancel(false);
            }
        }
    }

    /** One request after the other, here. */
    void run(boolean reuseBuffers, SliceConsumer consumer) {
        try (Backend.Source source = open()) {
            long size = source.size();
            for (int request = 0; request < plan.count(); request++) {
                checkInside(request, size);
            }
            byte[] shared = reuseBuffers ? new byte[plan.longest()] : null;
            for (int request = 0; request < plan.count(); request++) {
                long start = System.nanoTime();
                byte[] body = reuseBuffers ? shared : new byte[plan.length(request)];
                read(source, request, body);
                deliver(request, body, consumer, start);
            }
        } catch (IOException | InvalidPathException e) {
            throw failure(e);
        }
    }

    private Backend.Source open() throws IOException {
        try {
            return object.open();
        } catch (NoSuchFileException | FileNotFoundException e) {
            throw new MissingObjectException(uri, key);
        }
    }

    private void read(Backend.Source source, int request, byte[] body) throws IOException {
        try {
            source.readFully(plan.offset(request), body, 0, plan.length(request));
        } catch (EOFException e) {
            throw new HoxException(
                    "object '" + key + "' in store " + uri + " had " + object.size()
                            + " bytes when it was found, but ends"
                            + " within the range [" + plan.offset(request) + ", " + plan.end(request)
                            + "): it is truncated",
                    e);
        } catch (FileNotFoundException e) {
            throw new MissingObjectException(uri, key);
        }
        counter.read(plan.length(request), plan.wasted(request));
    }

    private void checkInside(int request, long size) {
        if (plan.end(request) > size) {
            throw tooShort(request, size);
        }
    }

    private HoxException failure(Exception e) {
        return new HoxException("cannot read '" + key + "' in store " + uri + ": " + FailureReason.of(e), e);
    }

    private HoxException tooShort(int request, long size) {
        return new HoxException("object '" + key + "' in store " + uri + " has " + size + " bytes; the range ["
                + plan.offset(request) + ", " + plan.end(request) + ") lies outside: it is truncated or damaged");
    }
}
