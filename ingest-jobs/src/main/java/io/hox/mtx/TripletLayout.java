package io.hox.mtx;

/**
 * How the lines of a file of triplets are to be understood.
 *
 * @param header whether it begins as a Matrix Market file does
 * @param cellFirst whether a line names its cell before its feature
 * @param base the number of the first cell and of the first feature, 0 or 1; -1 where the lines have to tell
 * @param cells how many cells there are
 * @param features how many features there are
 * @param entries how many lines there must be; -1 where nothing says so
 * @param values what the lines hold
 */
record TripletLayout(
        boolean header, boolean cellFirst, int base, long cells, int features, long entries, ValueKind values) {

    TripletLayout withBase(int first) {
        return new TripletLayout(header, cellFirst, first, cells, features, entries, values);
    }
}
