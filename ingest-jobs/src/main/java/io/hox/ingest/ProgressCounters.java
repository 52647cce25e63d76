package io.hox.ingest;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * Running totals of a job. Tasks in the driver's JVM find the driver's totals by the job's id and so show every block;
 * tasks elsewhere count for themselves, and the driver learns of them when a dataset is done.
 */
final class ProgressCounters implements WriteProgress {
    private static final Map<String, ProgressCounters> RUNNING = new ConcurrentHashMap<>();

    private final LongAdder cells = new LongAdder();
    private final LongAdder entries = new LongAdder();
    private final LongAdder datasets = new LongAdder();

    static ProgressCounters start(String jobId) {
        ProgressCounters counters = new ProgressCounters();
        RUNNING.put(jobId, counters);
        return counters;
    }

    static void end(String jobId) {
        RUNNING.remove(jobId);
    }

    static ProgressCounters find(String jobId) {
        ProgressCounters counters = RUNNING.get(jobId);
        return counters == null ? new ProgressCounters() : counters;
    }

    @Override
    public void wrote(long moreCells, long moreEntries) {
        cells.add(moreCells);
        entries.add(moreEntries);
    }

    void datasetDone() {
        datasets.increment();
    }

    long cells() {
        return cells.sum();
    }

    long entries() {
        return entries.sum();
    }

    long datasets() {
        return datasets.sum();
    }
}
