package io.hox.stored;

import io.hox.HoxException;

/** A group or an array of an open file. Not thread-safe. */
public interface StoredNode {
    /** Where it lies in the file, with a slash in front, as messages name it. */
    String path();

    /** The name of the file that holds it, as messages name it. */
    String file();

    /** An attribute of text; null where it is absent or something else. */
    String text(String attribute);

    /** An attribute that lists texts, or has a single one; null where it is absent or something else. */
    String[] texts(String attribute);

    /** An attribute that lists whole numbers; null where it is absent or something else. */
    long[] numbers(String attribute);

    /** An attribute that is a whole number; 0 where it is absent or something else. */
    long number(String attribute);

    /** Whether an attribute is there and says yes, in any way that was ever used for that. */
    boolean flag(String attribute);

    /** What is wrong with it, for the caller to throw: file and path with {@code what} behind them. */
    default HoxException failure(String what) {
        return new HoxException(file() + ": " + path() + " " + what + ".");
    }
}
