package io.hox.store;

/** Takes the bytes of one of several ranges that are being read. */
@FunctionalInterface
public interface SliceConsumer {
    /**
     * Called once per range, in the order of fetching, on the thread that asked.
     *
     * @param range the position of the range in the request
     * @param slice its bytes; the array is reused after the call returns
     */
    void accept(int range, ByteSlice slice);
}
