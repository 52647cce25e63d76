package io.hox.stored;

/** Reads ranges of a one-dimensional array of text, in the manner of {@link NumberReader}. */
public interface TextReader extends AutoCloseable {
    /** The {@code n} strings from number {@code from} on, none of them null; the caller has checked that they exist. */
    String[] read(long from, int n);

    @Override
    void close();
}
