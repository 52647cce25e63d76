package io.hox.store;

import io.hox.HoxException;

/** An object that must be there is not. */
public final class MissingObjectException extends HoxException {
    private final String key;

    public MissingObjectException(String storeUri, String key) {
        super("object '" + key + "' does not exist in store " + storeUri);
        this.key = key;
    }

    /** The key that has no object. */
    public String key() {
        return key;
    }
}
