package io.hox.store;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;

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

    /** Whether {@link #readTogether} is worth the attempt. */
    boolean mayReadTogether() {
        return false;
    }

    /**
     * Asks for several ranges, which do not overlap, with one call.
     *
     * @return what completes with the bytes of each; null where the storage has no such call
     */
    List<CompletableFuture<byte[]>> readTogether(List<ByteRange> ranges) throws IOException {
        return null;
    }
}
