package io.hox.store;

import java.io.IOException;
import java.io.OutputStream;

/**
 * An object that is being written. It becomes visible, whole, with {@link #close()}; after {@link #abort()} nothing of
 * it is visible. Abort after close does nothing. Buffered; not thread-safe.
 */
public abstract class ObjectOutput extends OutputStream {

    @Override
    public abstract void write(byte[] bytes, int offset, int length) throws IOException;

    /** Bytes written so far. */
    public abstract long position();

    /** Gives the object up; never throws. */
    public abstract void abort();
}
