package io.hox.job;

import org.apache.spark.SparkException;

/** The sentence in a failure that is not hox's own. */
public final class FailureCause {
    private FailureCause() {}

    /** What went wrong first, in one line. */
    public static String of(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        String message = String.valueOf(root.getMessage()).lines().findFirst().orElse("");
        if (root instanceof SparkException) {
            // The executor's exception is part of the text: "... (host executor 1): class: message".
            int at = message.lastIndexOf("): ");
            return at < 0 ? message : message.substring(at + 3);
        }
        return root instanceof IllegalStateException ? message : root.getClass().getSimpleName() + ": " + message;
    }
}
