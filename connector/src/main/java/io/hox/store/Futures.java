package io.hox.store;

import io.hox.HoxException;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** Waiting for what other threads fetch. */
public final class Futures {
    private Futures() {}

    /**
     * The result, once it is there.
     *
     * @throws HoxException what kept the other thread from it, or that this thread was interrupted
     */
    public static <T> T await(CompletableFuture<T> future) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException known) {
                throw known;
            }
            throw new HoxException("cannot read: " + e.getCause(), e.getCause());
        } catch (CancellationException e) {
            throw new HoxException("the read was given up", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HoxException("interrupted while waiting for bytes", e);
        }
    }

    /** What this thread gets, or the failure that it meets. */
    public static <T> CompletableFuture<T> here(Callable<T> work) {
        try {
            return CompletableFuture.completedFuture(work.call());
        } catch (Exception e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** What is no longer wanted. */
    public static <T> CompletableFuture<T> givenUp() {
        CompletableFuture<T> future = new CompletableFuture<>();
        future.cancel(false);
        return future;
    }
}
