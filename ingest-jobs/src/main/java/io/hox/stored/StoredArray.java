package io.hox.stored;

import io.hox.zarr.DataType;
import io.hox.zarr.Values;
import java.util.List;

/** An array of an open file. Its shape and type are known at once; values are read by ranges. */
public interface StoredArray extends StoredNode {
    /** Java arrays end a little before 2^31. */
    int LONGEST = Integer.MAX_VALUE - 8;
    /** Text beyond this is taken for damage or malice: many references to one long string cost no disk. */
    long MOST_CHARACTERS = 1L << 30;
    /** Strings read at once where all are wanted, so that the total can be watched. */
    int STRINGS_AT_ONCE = 1 << 15;

    /** The length of every axis; none of a scalar. */
    long[] shape();

    /** The type of its numbers, half-precision floats as {@link DataType#FLOAT32}; null where it holds no numbers. */
    DataType type();

    /** Whether it holds text. */
    boolean isText();

    /** How messages name the type of the elements. */
    String typeName();

    /** More elements than this can't be there, as large as the file is. */
    long mostElements();

    /** Opens a one-dimensional array of numbers. */
    NumberReader numberReader();

    /** Opens a one-dimensional array of text, or a single text, which is read as one of length 1. */
    TextReader textReader();

    /**
     * Opens a two-dimensional array of numbers.
     *
     * @param memory how many bytes of rows may wait for their turn; at least one row is kept
     */
    RowReader rowReader(long memory);

    /** Names of the fields of each element, in order; null where elements are not made of fields. */
    List<String> fields();

    /** One field of all elements as an array. */
    StoredArray field(String name);

    /** What an attribute that is a reference points to; null where there is no such attribute. */
    StoredNode referenced(String attribute);

    /** The type of its numbers; an error for text and other kinds. */
    default DataType numberType() {
        if (type() == null) {
            throw failure("holds " + typeName() + " where numbers of 8 to 64 bits or booleans are needed");
        }
        return type();
    }

    /** The length of a one-dimensional array. */
    default long length() {
        long[] shape = shape();
        if (shape.length != 1 || shape[0] < 0) {
            throw failure("has " + shape.length + " dimensions where one is needed");
        }
        return shape[0];
    }

    /** The length of a one-dimensional array as an int, checked against what the file can hold. */
    default int wholeLength() {
        return (int) checkedLength(LONGEST);
    }

    /** The length of a one-dimensional array, checked against what the file can hold. */
    default long checkedLength(long limit) {
        long length = length();
        if (length > limit || length > mostElements()) {
            throw failure("claims " + length + " elements, which the file cannot hold. The file is damaged; copy or"
                    + " download it again");
        }
        return length;
    }

    /** All numbers of a one-dimensional array that is small enough for one Java array. */
    default Values readNumbers() {
        int n = wholeLength();
        try (NumberReader reader = numberReader()) {
            Values values = Values.allocate(reader.type(), n);
            reader.read(0, n, values, 0);
            return values;
        }
    }

    /** All strings of a one-dimensional array, or the single one of a scalar. */
    default String[] readTexts() {
        try (TextReader reader = textReader()) {
            return readTexts(reader, 0, shape().length == 0 ? 1 : wholeLength());
        }
    }

    /** The {@code n} strings from number {@code from} on, as long as memory suffices. */
    default String[] readTexts(TextReader reader, long from, int n) {
        String[] strings;
        try {
            strings = new String[n];
        } catch (OutOfMemoryError e) {
            throw failure("has " + n + " texts, more than memory has room for. The file is damaged, or too large for"
                    + " this JVM's heap: give it more");
        }
        long characters = 0;
        for (int done = 0; done < n; done += STRINGS_AT_ONCE) {
            String[] some = reader.read(from + done, Math.min(STRINGS_AT_ONCE, n - done));
            for (String text : some) {
                characters += text.length();
            }
            if (characters > MOST_CHARACTERS) {
                throw failure("holds more than " + (MOST_CHARACTERS >> 20)
                        + " Mi characters of text. Leave the column out or make it categorical");
            }
            System.arraycopy(some, 0, strings, done, some.length);
        }
        return strings;
    }
}
