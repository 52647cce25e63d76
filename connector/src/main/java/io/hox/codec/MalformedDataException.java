package io.hox.codec;

import io.hox.HoxException;

/**
 * Encoded bytes that break the rules of their format. The message names the byte offset within the encoded bytes;
 * callers know the path, shard and chunk, and wrap it to add them.
 */
public final class MalformedDataException extends HoxException {
    private static final long serialVersionUID = 1L;

    public MalformedDataException(String message) {
        super(message);
    }

    public MalformedDataException(String message, Throwable cause) {
        super(message, cause);
    }
}
