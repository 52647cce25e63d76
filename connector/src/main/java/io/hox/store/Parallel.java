package io.hox.store;

import io.hox.HoxException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/** Looks at many places of a store at once: that is latency, not work. */
public final class Parallel {
    /** A thousand groups in an object store are looked at in seconds. */
    private static final int THREADS = 32;
    /** Fewer are not worth threads of their own. */
    private static final int FEW = 4;

    private Parallel() {}

    /**
     * The results for all items, in their order.
     *
     * @param what the work in words, for messages
     * @throws HoxException the first failure, or that this thread was interrupted; what is still running is interrupted
     */
    public static <T, R> List<R> map(Collection<T> items, Function<T, R> work, String what) {
        List<R> results = new ArrayList<>();
        if (items.size() < FEW) {
            for (T item : items) {
                results.add(work.apply(item));
            }
            return results;
        }
        ExecutorService pool = Executors.newFixedThreadPool(Math.min(THREADS, items.size()));
        try {
            List<Future<R>> futures = new ArrayList<>();
            for (T item : items) {
                futures.add(pool.submit(() -> work.apply(item)));
            }
            for (Future<R> future : futures) {
                results.add(future.get());
            }
            return results;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof HoxException known
                    ? known
                    : new HoxException(String.valueOf(e.getCause()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HoxException(what + " was interrupted", e);
        } finally {
            pool.shutdownNow();
        }
    }
}
