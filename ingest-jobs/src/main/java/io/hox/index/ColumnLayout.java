package io.hox.index;

import io.hox.HoxException;
import java.io.Serializable;
import java.util.Arrays;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Where the entries of one group go in its copy. A column is a feature, or some of a feature's rows where a border of two
 * shards lies inside of it: rows before the border, rows behind it, and between them the few among which the border is
 * exactly, a column that both shards' tasks get and cut when they have sorted it.
 */
final class ColumnLayout implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Into so many ranges of equal length the rows of a group are divided, to tell where a border is. */
    static final int BUCKETS = 1024;

    private final long shard;
    private final int bucketShift;
    /** By feature: its column, or the complement of its number among those that are cut. */
    private final int[] columnOf;
    /** By number among the features that are cut, and then by bucket: the column. */
    private final int[][] columnOfBucket;
    /** Where each column begins in the copy; the last number is its length. */
    private final long[] starts;

    private ColumnLayout(long shard, int bucketShift, int[] columnOf, int[][] columnOfBucket, long[] starts) {
        this.shard = shard;
        this.bucketShift = bucketShift;
        this.columnOf = columnOf;
        this.columnOfBucket = columnOfBucket;
        this.starts = starts;
    }

    /** How far a row number is shifted to give its bucket. */
    static int bucketShift(long rows) {
        int shift = 0;
        while (rows - 1 >> shift >= BUCKETS) {
            shift++;
        }
        return shift;
    }

    /**
     * The features that a border of shards cuts.
     *
     * @param pointers where each feature begins in the copy; the last number is its length
     */
    static int[] cutFeatures(long[] pointers, long shard) {
        int[] features = new int[16];
        int n = 0;
        for (int feature = 0; feature < pointers.length - 1; feature++) {
            long begin = pointers[feature];
            long end = pointers[feature + 1];
            if (end > begin && begin / shard != (end - 1) / shard) {
                features = n == features.length ? Arrays.copyOf(features, 2 * n) : features;
                features[n++] = feature;
            }
        }
        return Arrays.copyOf(features, n);
    }

    /**
     * The layout.
     *
     * @param rows of the group
     * @param pointers where each feature begins in the copy; the last number is its length
     * @param cut what {@link #cutFeatures} found
     * @param buckets entries of these features, {@link #BUCKETS} numbers for each
     */
    static ColumnLayout of(long rows, long[] pointers, long shard, int[] cut, long[] buckets) {
        int[] columnOf = new int[pointers.length - 1];
        int[][] columnOfBucket = new int[cut.length][BUCKETS];
        long[] starts = new long[pointers.length + cut.length];
        int columns = 0;
        for (int feature = 0, number = 0; feature < columnOf.length; feature++) {
            if (number < cut.length && cut[number] == feature) {
                TreeMap<Integer, Long> pieces = pieces(pointers, feature, shard, buckets, number * BUCKETS);
                if (columns + pieces.size() + pointers.length - feature > starts.length) {
                    starts = Arrays.copyOf(starts, columns + 2 * pieces.size() + pointers.length - feature);
                }
                columnOf[feature] = ~number;
                for (var piece : pieces.entrySet()) {
                    Arrays.fill(columnOfBucket[number], piece.getKey(), BUCKETS, columns);
                    starts[columns++] = piece.getValue();
                }
                number++;
            } else {
                columnOf[feature] = columns;
                starts[columns++] = pointers[feature];
            }
        }
        starts[columns] = pointers[pointers.length - 1];
        return new ColumnLayout(shard, bucketShift(rows), columnOf, columnOfBucket, Arrays.copyOf(starts, columns + 1));
    }

    /** First bucket and first element of each column of a feature. */
    private static TreeMap<Integer, Long> pieces(long[] pointers, int feature, long shard, long[] buckets, int from) {
        long[] begins = new long[BUCKETS + 1];
        begins[0] = pointers[feature];
        for (int i = 0; i < BUCKETS; i++) {
            begins[i + 1] = begins[i] + buckets[from + i];
        }
        if (begins[BUCKETS] != pointers[feature + 1]) {
            throw new HoxException("its arrays changed while they were copied");
        }
        TreeMap<Integer, Long> pieces = new TreeMap<>();
        pieces.put(0, begins[0]);
        TreeSet<Integer> at = new TreeSet<>();
        int bucket = 0;
        for (long border = (begins[0] / shard + 1) * shard; border < begins[BUCKETS]; border += shard) {
            while (begins[bucket + 1] <= border) {
                bucket++;
            }
            at.add(bucket);
            if (begins[bucket] < border) {
                at.add(bucket + 1);
            }
        }
        for (int cut : at) {
            if (cut < BUCKETS) {
                pieces.put(cut, begins[cut]);
            }
        }
        return pieces;
    }

    int features() {
        return columnOf.length;
    }

    int columns() {
        return starts.length - 1;
    }

    /** The column of a feature; negative when its rows decide, see {@link #columnOfCut}. */
    int columnOf(int feature) {
        return columnOf[feature];
    }

    /** The column of an entry. @param cut what {@link #columnOf} said */
    int columnOfCut(int cut, int row) {
        return columnOfBucket[~cut][row >>> bucketShift];
    }

    /** Where a column begins in the copy. */
    long start(int column) {
        return starts[column];
    }

    int shards() {
        return (int) ((starts[starts.length - 1] + shard - 1) / shard);
    }

    /** First element of a shard. */
    long shardStart(int number) {
        return number * shard;
    }

    /** Behind the last element of a shard. */
    long shardEnd(int number) {
        return Math.min((number + 1) * shard, starts[starts.length - 1]);
    }

    /** The first column that has an element of the shard. */
    int firstColumn(int number) {
        int at = Arrays.binarySearch(starts, shardStart(number));
        if (at < 0) {
            return -at - 2;
        }
        // Empty columns share their start with the next one.
        while (starts[at + 1] == starts[at]) {
            at++;
        }
        return at;
    }

    /** Behind the last column that has an element of the shard. */
    int endColumn(int number) {
        int at = Arrays.binarySearch(starts, shardEnd(number));
        if (at < 0) {
            return -at - 1;
        }
        while (at > 0 && starts[at - 1] == starts[at]) {
            at--;
        }
        return at;
    }
}
