package io.hox.cli;

import io.hox.ingest.IngestProgress;
import java.io.PrintStream;
import java.util.Locale;

/** Progress on standard error: one updating line on a terminal, a plain line every ten seconds elsewhere. */
final class ProgressLine implements IngestProgress, AutoCloseable {
    private static final double SECONDS_BETWEEN_PLAIN_LINES = 10;

    private final PrintStream err;
    private final boolean terminal;
    private double lastPlain;
    private int width;

    ProgressLine(PrintStream err, boolean terminal) {
        this.err = err;
        this.terminal = terminal;
    }

    static ProgressLine onStandardError() {
        // System.console() is null as soon as one of the streams is redirected, which is when lines should be plain.
        return new ProgressLine(System.err, System.console() != null);
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
        if (terminal) {
            width = Math.max(width, text.length());
            err.print("\r" + text + " ".repeat(width - text.length()));
            err.flush();
        } else if (seconds - lastPlain >= SECONDS_BETWEEN_PLAIN_LINES) {
            lastPlain = seconds;
            err.println(text);
        }
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

    @Override
    public void close() {
        if (terminal && width > 0) {
            err.println();
        }
    }
}
