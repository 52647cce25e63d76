package io.hox.cli;

import io.hox.HoxException;
import org.apache.spark.sql.AnalysisException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Turns a failure into one readable message on standard error, with the stack trace only when asked for. */
final class FailureReport implements IExecutionExceptionHandler {
    private final HoxCommand root;

    FailureReport(HoxCommand root) {
        this.root = root;
    }

    @Override
    public int handleExecutionException(Exception failure, CommandLine commandLine, ParseResult parsed) {
        String explanation = explanation(failure);
        if (explanation != null) {
            commandLine.getErr().println("hox: " + explanation);
        } else {
            commandLine.getErr().println("hox: unexpected failure: " + firstLine(failure));
            if (!root.debug) {
                commandLine.getErr().println("hox: run again with --debug for the stack trace");
            }
        }
        if (root.debug) {
            failure.printStackTrace(commandLine.getErr());
        }
        return CommandLine.ExitCode.SOFTWARE;
    }

    /** What the outermost explained failure says: Spark wraps what a task threw, each layer of hox adds where it was. */
    private static String explanation(Throwable failure) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (t instanceof HoxException) {
                return t.getMessage();
            }
            if (t instanceof AnalysisException) {
                // Below the first line stands the logical plan, which says nothing to who typed the condition.
                return firstLineOf(t.getMessage().strip());
            }
        }
        return null;
    }

    private static String firstLine(Throwable failure) {
        String text = failure.getMessage() == null ? "no message" : failure.getMessage();
        return failure.getClass().getSimpleName() + ": " + firstLineOf(text);
    }

    private static String firstLineOf(String text) {
        int end = text.indexOf('\n');
        return end < 0 ? text : text.substring(0, end);
    }
}
