package io.hox.store;

import io.hox.HoxException;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.util.ArrayDeque;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Carries out the requests of a plan: one after the other for local files, a few ahead for remote stores. */
final class RangeFetch {
    /** Requests in flight for one reader. */
    private static final int AHEAD = 4;

    private static final int POOL_SIZE = 32;

    private final Backend backend;
    private final String uri;
    private final String key;
    private final RequestCounter counter;

    RangeFetch(Backend backend, String uri, String key, RequestCounter counter) {
        this.backend = backend;
        this.uri = uri;
        this.key = key;
        this.counter = counter;
    }

    void run(RangePlan plan, boolean reuseBuffers, SliceConsumer consumer) {
        try {
            if (backend.isRemote() && plan.count() > 1) {
                runAhead(plan, consumer);
            } else {
                runInOrder(plan, reuseBuffers, consumer);
            }
        } catch (IOException | InvalidPathException e) {
            throw new HoxException("cannot read '" + key + "' in store " + uri + ": " + FailureReason.of(e), e);
        }
    }

    private void runInOrder(RangePlan plan, boolean reuseBuffers, SliceConsumer consumer) throws IOException {
        try (Backend.Source source = open()) {
            checkInside(plan, source.size());
            byte[] shared = reuseBuffers ? new byte[plan.longest()] : null;
            for (int r = 0; r < plan.count(); r++) {
                byte[] body = reuseBuffers ? shared : new byte[plan.length(r)];
                read(source, plan, r, body);
                plan.deliver(r, body, consumer);
            }
        }
    }

    private void runAhead(RangePlan plan, SliceConsumer consumer) throws IOException {
        ArrayDeque<Future<byte[]>> inFlight = new ArrayDeque<>(AHEAD);
        try (Backend.Source first = open()) {
            checkInside(plan, first.size());
            int next = 0;
            for (int r = 0; r < plan.count(); r++) {
                while (next < plan.count() && next < r + AHEAD) {
                    int request = next++;
                    inFlight.add(Pool.THREADS.submit(() -> fetchOne(first, plan, request)));
                }
                plan.deliver(r, await(inFlight.remove()), consumer);
            }
        } finally {
            inFlight.forEach(request -> request.cancel(false));
        }
    }

    private byte[] fetchOne(Backend.Source first, RangePlan plan, int request) throws IOException {
        Backend.Source another = first.another();
        try (Backend.Source source = another == null ? open() : another) {
            byte[] body = new byte[plan.length(request)];
            read(source, plan, request, body);
            return body;
        }
    }

    private static byte[] await(Future<byte[]> request) throws IOException {
        try {
            return request.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof HoxException known) {
                throw known;
            }
            throw e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } catch (CancellationException e) {
            throw new IOException("cancelled", e);
        }
    }

    private Backend.Source open() throws IOException {
        Backend.Source source = backend.open(key);
        if (source == null) {
            throw new MissingObjectException(uri, key);
        }
        return source;
    }

    private void read(Backend.Source source, RangePlan plan, int request, byte[] body) throws IOException {
        try {
            source.readFully(plan.offset(request), body, 0, plan.length(request));
        } catch (EOFException e) {
            throw tooShort(plan, request, source.size());
        }
        counter.read(plan.length(request), plan.wasted(request));
    }

    private void checkInside(RangePlan plan, long size) {
        for (int request = 0; request < plan.count(); request++) {
            if (plan.end(request) > size) {
                throw tooShort(plan, request, size);
            }
        }
    }

    private HoxException tooShort(RangePlan plan, int request, long size) {
        return new HoxException("object '" + key + "' in store " + uri + " has " + size + " bytes; the range ["
                + plan.offset(request) + ", " + plan.end(request) + ") lies outside: it is truncated or damaged");
    }

    /** Threads of the JVM for remote requests; started with the first one. */
    private static final class Pool {
        static final ExecutorService THREADS = Executors.newFixedThreadPool(POOL_SIZE, task -> {
            Thread thread = new Thread(task, "hox-fetch");
            thread.setDaemon(true);
            return thread;
        });
    }
}
