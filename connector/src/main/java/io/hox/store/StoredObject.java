package io.hox.store;

import java.io.IOException;

/**
 * An object that was found in a store. Whoever has it reads the object without looking it up again. It holds nothing
 * open. Thread-safe.
 */
public abstract class StoredObject {
    StoredObject() {}

    /** The bytes that the object had when it was found. */
    public abstract long size();

    /** Opens the object for one thread. */
    abstract Backend.Source open() throws IOException;
}
