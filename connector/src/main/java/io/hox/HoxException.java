package io.hox;

/**
 * A failure that a user can understand and act on. The message says what is wrong with the specific value, where
 * (path, table, array, cell) and what to do; the command line prints it without a stack trace.
 */
public class HoxException extends RuntimeException {

    public HoxException(String message) {
        super(message);
    }

    public HoxException(String message, Throwable cause) {
        super(message, cause);
    }
}
