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

    /** Sends so many further requests, with one call where the storage has one for several. */
    synchronized void send(int requests) {
        int first = bodies.size();
        for (int i = 0; i < requests; i++) {
            bodies.add(new CompletableFuture<>());
        }
        List<CompletableFuture<byte[]>> sent = List.copyOf(bodies.subList(first, first + requests));
        if (requests > 1 && object.mayReadTogether() && plan.areApart(first, first + requests)) {
            FetchPool.submit(() -> fetchTogether(first, sent));
        } else {
            for (int i = 0; i < requests; i++) {
                fetch(first + i, sent.get(i));
            }
        }
    }

    private void fetch(int request, CompletableFuture<byte[]> body) {
        FetchPool.submit(
                () -> {
                    try (Backend.Source source = open()) {
                        checkInside(request, source.size());
                        byte[] bytes = new byte[plan.length(request)];
                        read(source, request, bytes);
                        return bytes;
                    } catch (IOException | InvalidPathException e) {
                        throw failure(e);
                    }
                },
                body);
    }

    /** What does not come this way is asked for by itself, which knows what to try again, and what to tell. */
    private Void fetchTogether(int first, List<CompletableFuture<byte[]>> sent) {
        List<CompletableFuture<byte[]>> parts;
        try {
            parts = object.readTogether(plan.requests(first, first + sent.size()));
        } catch (Throwable e) {
            // Whatever it is: others wait for these futures.
            parts = null;
        }
        for (int i = 0; i < sent.size(); i++) {
            int request = first + i;
            CompletableFuture<byte[]> body = sent.get(i);
            if (parts == null) {
                fetch(request, body);
                continue;
            }
            parts.get(i).whenComplete((bytes, failure) -> {
                if (failure != null || bytes.length != plan.length(request)) {
                    fetch(request, body);
                } else {
                    counter.read(bytes.length, plan.wasted(request));
                    body.complete(bytes);
                }
            });
        }
        return null;
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
