package io.hox.store;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The threads of this JVM that wait for answers of remote stores. What runs on them asks a store and waits for nothing
 * else, least of all for other work of the pool.
 */
final class FetchPool {
    /** Requests in flight at most. */
    static final int SIZE = 64;

    private static final long IDLE_SECONDS = 60;
    private static final ThreadPoolExecutor THREADS = start();

    private FetchPool() {}

    private static ThreadPoolExecutor start() {
        ThreadPoolExecutor threads = new ThreadPoolExecutor(
                SIZE, SIZE, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), FetchPool::thread);
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }

    /** Without anything of the task that happens to come first: neither its class loader nor its thread-locals. */
    private static Thread thread(Runnable work) {
        Thread thread = new Thread(null, work, "hox-fetch", 0, false);
        thread.setContextClassLoader(FetchPool.class.getClassLoader());
        thread.setDaemon(true);
        return thread;
    }

    /** Runs work on a thread of the pool, unless the result is cancelled before its turn comes. */
    static <T> CompletableFuture<T> submit(Callable<T> work) {
        CompletableFuture<T> result = new CompletableFuture<>();
        submit(work, result);
        return result;
    }

    /** The same with a result that somebody has already. */
    static <T> void submit(Callable<T> work, CompletableFuture<T> result) {
        THREADS.execute(() -> {
            if (result.isDone()) {
                return;
            }
            try {
                result.complete(work.call());
            } catch (Throwable e) {
                // Errors, too: somebody waits, and memory that does not suffice here is his to report.
                result.completeExceptionally(e);
            }
        });
    }
}
