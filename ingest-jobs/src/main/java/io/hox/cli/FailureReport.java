package io.hox.cli;

import io.hox.HoxException;
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
        HoxException explained = explained(failure);
        if (explained != null) {
            commandLine.getErr().println("hox: " + explained.getMessage());
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

    /** The outermost explained failure: Spark wraps what a task threw, and each layer of hox adds where it was. */
    private static HoxException explained(Throwable failure) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (t instanceof HoxException explained) {
                return explained;
            }
        }
        return null;
    }

    private static String firstLine(Throwable failure) {
        String text = String.valueOf(failure.getMessage() == null ? failure : failure.getMessage());
        int end = text.indexOf('\n');
        return failure.getClass().getSimpleName() + ": " + (end < 0 ? text : text.substring(0, end));
    }
}
