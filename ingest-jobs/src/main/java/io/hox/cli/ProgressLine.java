package io.hox.cli;

import java.io.PrintStream;

/** Progress on standard error: one updating line on a terminal, a plain line every ten seconds elsewhere. */
final class ProgressLine implements AutoCloseable {
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

    /** Shows how a job stands. @param seconds since it began */
    void show(String text, double seconds) {
        if (terminal) {
            width = Math.max(width, text.length());
            err.print("\r" + text + " ".repeat(width - text.length()));
            err.flush();
        } else if (seconds - lastPlain >= SECONDS_BETWEEN_PLAIN_LINES) {
            lastPlain = seconds;
            err.println(text);
        }
    }

    @Override
    public void close() {
        if (terminal && width > 0) {
            err.println();
        }
    }
}
