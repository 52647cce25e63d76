package io.hox.atlas;

import io.hox.HoxException;

/** New cells have uids that are not unique: no cell was added. */
public final class TakenUidsException extends HoxException {
    private static final long serialVersionUID = 1L;

    TakenUidsException(String message) {
        super(message);
    }
}
