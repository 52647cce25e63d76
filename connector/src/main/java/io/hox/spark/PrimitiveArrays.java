package io.hox.spark;

/**
 * An array column of numbers whose rows lie in primitive arrays, which may be read where they are. A
 * {@code ColumnarArray} hands out its elements one by one or as a copy; operators that know this interface need neither.
 * The column implements {@code ColumnVector}, too, whose {@code isNullAt} tells which rows have no array.
 */
public interface PrimitiveArrays {

    /**
     * The array that holds the elements of a row and maybe of others; not to be written to.
     *
     * @param row one that is not null
     * @return {@code byte[], short[], int[], long[], float[]} or {@code double[]}, after the column's element type
     */
    Object elements(int row);

    /** Where the elements of a row that is not null begin in {@link #elements}. */
    int offset(int row);

    /** The number of elements of a row that is not null. */
    int length(int row);
}
