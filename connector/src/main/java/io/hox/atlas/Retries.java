package io.hox.atlas;

import io.hox.HoxException;
import io.hox.lance.ConflictException;
import io.hox.lance.LanceTable;
import io.hox.lance.UnansweredException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

/**
 * Repeats changes of tables that another writer got in the way of, or that got lost on their way to the storage: a
 * bounded number of times, with random pauses.
 */
final class Retries {
    private static final int ATTEMPTS = 20;
    /** A storage that never answers is retried by its client, too, each time. */
    private static final int UNANSWERED_ATTEMPTS = 4;

    private static final long SHORTEST_MILLIS = 20;
    private static final long LONGEST_MILLIS = 2_000;

    private Retries() {}

    /**
     * Runs an attempt on the newest version of a table until no other writer is in between.
     *
     * @param what what is attempted, for the message
     * @throws HoxException when every attempt met another writer; nothing was changed then
     */
    static <T> T run(LanceTable table, String what, Supplier<T> attempt) {
        return run(table.uri(), what, () -> {
            table.refresh();
            return attempt.get();
        });
    }

    /** As {@link #run(LanceTable, String, Supplier)}, for attempts that find the newest versions themselves. */
    static <T> T run(String where, String what, Supplier<T> attempt) {
        for (int failures = 1; ; failures++) {
            try {
                return attempt.get();
            } catch (ConflictException e) {
                if (failures == ATTEMPTS) {
                    throw new HoxException(
                            "could not " + what + ": " + ATTEMPTS + " times in a row another writer changed " + where
                                    + " at the same time. Run it again, with fewer jobs at once",
                            e);
                }
                pause(failures);
            } catch (UnansweredException e) {
                if (failures >= UNANSWERED_ATTEMPTS) {
                    throw e;
                }
                pause(failures);
            }
        }
    }

    private static void pause(int failures) {
        long longest = Math.min(LONGEST_MILLIS, SHORTEST_MILLIS << Math.min(failures, 10));
        try {
            Thread.sleep(ThreadLocalRandom.current().nextLong(SHORTEST_MILLIS / 2, longest + 1));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HoxException("interrupted while waiting for another writer", e);
        }
    }
}
