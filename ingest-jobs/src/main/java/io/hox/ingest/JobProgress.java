package io.hox.ingest;

import io.hox.job.TaskTotals;
import java.util.concurrent.atomic.LongAdder;

/** Running totals of a job, on the driver. */
final class JobProgress {
    /** Before so many seconds nothing is said about the time to go. */
    private static final double SETTLED = 2;

    private final TaskTotals totals;
    private final long datasets;
    private final long began = System.nanoTime();
    private final LongAdder datasetsDone = new LongAdder();
    private final LongAdder datasetsPlanned = new LongAdder();
    private final LongAdder shards = new LongAdder();
    private final LongAdder plannedEntries = new LongAdder();

    /** @param totals of the job's tasks */
    JobProgress(TaskTotals totals, long datasets) {
        this.totals = totals;
        this.datasets = datasets;
    }

    void planned(long pieces, long someEntries) {
        datasetsPlanned.increment();
        shards.add(pieces);
        plannedEntries.add(someEntries);
    }

    void datasetDone() {
        datasetsDone.increment();
    }

    /** The totals now. */
    IngestProgress.State state() {
        long entries = totals.entries();
        double seconds = (System.nanoTime() - began) / 1e9;
        return new IngestProgress.State(
                datasetsDone.sum(),
                datasets,
                Math.min(totals.tasks(), shards.sum()),
                shards.sum(),
                totals.cells(),
                entries,
                seconds,
                secondsLeft(seconds, entries));
    }

    /** Datasets that nobody has looked at yet are taken to be as large as the others on average. */
    private double secondsLeft(double seconds, long entries) {
        long planned = datasetsPlanned.sum();
        if (seconds < SETTLED || planned == 0 || entries == 0) {
            return Double.NaN;
        }
        double all = plannedEntries.sum() / (double) planned * Math.max(planned, datasets - datasetsDone.sum());
        return Math.max(0, (Math.max(all, plannedEntries.sum()) - entries) * seconds / entries);
    }
}
