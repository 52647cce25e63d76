package io.hox.job;

import java.util.concurrent.atomic.LongAdder;
import org.apache.spark.TaskContext;

/** What a running task has done so far. Counting is also where a task notices that nobody wants its result any more. */
public final class TaskCount {
    private final LongAdder cells = new LongAdder();
    private final LongAdder entries = new LongAdder();

    /** Adds to the counts. @throws IllegalStateException when the task was cancelled */
    public void wrote(long moreCells, long moreEntries) {
        TaskContext task = TaskContext.get();
        if (task != null && task.isInterrupted()) {
            throw new IllegalStateException("the task was cancelled, because another one of its job failed");
        }
        cells.add(moreCells);
        entries.add(moreEntries);
    }

    long cells() {
        return cells.sum();
    }

    long entries() {
        return entries.sum();
    }
}
