package io.hox.lance;

import io.hox.HoxException;

/** Another writer changed a table between the version that a change started from and now. Nothing was changed. */
public final class ConflictException extends HoxException {
    private static final long serialVersionUID = 1L;

    ConflictException(String message, Throwable cause) {
        super(message, cause);
    }
}
