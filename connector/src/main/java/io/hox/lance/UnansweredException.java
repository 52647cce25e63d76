package io.hox.lance;

import io.hox.HoxException;

/** The storage took a request that changes a table, or did not, and gave no answer; the table shows that it did not. */
public final class UnansweredException extends HoxException {
    private static final long serialVersionUID = 1L;

    UnansweredException(String message, Throwable cause) {
        super(message, cause);
    }
}
