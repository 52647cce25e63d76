package io.hox.mtx;

/**
 * What one reading of a whole file of triplets tells about it.
 *
 * @param base the number of the first cell and of the first feature
 * @param entries how many entries there are
 * @param sorted whether they come in the order of their cells
 * @param origin what the first cell is counted as in the buckets
 * @param shift by how many bits a cell's number is shifted to get that of its bucket
 * @param buckets entries by bucket of neighbouring cells
 */
record Survey(int base, long entries, boolean sorted, int origin, int shift, long[] buckets) {
    private static final int MOST_BUCKETS = 1 << 16;

    /** Reads the file. Where its layout tells no base, it is 0 if any cell or feature has that number, and 1 otherwise. */
    static Survey of(TextFile file, TripletLayout layout) {
        int shift = 0;
        while (layout.cells() >> shift > MOST_BUCKETS) {
            shift++;
        }
        long[] buckets = new long[(int) (layout.cells() >> shift) + 1];
        long entries = 0;
        long last = 0;
        boolean sorted = true;
        boolean zero = false;
        try (TripletReader reader = TripletReader.open(file, layout)) {
            while (reader.next()) {
                long cell = reader.cell();
                zero |= cell == 0 || reader.feature() == 0;
                sorted &= cell >= last;
                last = cell;
                buckets[(int) (cell >> shift)]++;
                entries++;
            }
        }
        if (layout.base() >= 0) {
            return new Survey(layout.base(), entries, sorted, 0, shift, buckets);
        }
        int base = zero ? 0 : 1;
        return new Survey(base, entries, sorted, base, shift, buckets);
    }

    /** The bucket of a cell, which is counted from 0. */
    int bucket(long cell) {
        return (int) (cell + origin >> shift);
    }
}
