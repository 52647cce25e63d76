package io.hox.cli;

import io.hox.ingest.IngestProgress;
import java.util.Locale;

/** How an ingest stands, in one line. */
final class IngestLine implements IngestProgress {
    private final ProgressLine line;

    IngestLine(ProgressLine line) {
        this.line = line;
    }

    @Override
    public void update(State state) {
        double seconds = state.seconds();
        String text = String.format(
                Locale.ROOT,
                "%d/%d datasets, %d/%d shards, %,d cells, %,d non-zeros, %,.1f M/s%s",
                state.datasetsDone(),
                state.datasets(),
                state.shardsDone(),
                state.shards(),
                state.cells(),
                state.nonZeros(),
                seconds <= 0 ? 0.0 : state.nonZeros() / seconds / 1e6,
                left(state.secondsLeft()));
        line.show(text, seconds);
    }

    private static String left(double seconds) {
        if (Double.isNaN(seconds)) {
            return "";
        }
        long whole = (long) Math.ceil(seconds);
        return whole < 60
                ? String.format(Locale.ROOT, ", %d s left", whole)
                : String.format(Locale.ROOT, ", %d min left", (whole + 59) / 60);
    }
}
