package io.hox.spark;

import io.hox.lance.FragmentInfo;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.connector.read.InputPartition;

/**
 * What one task aggregates, range by range: Lance holds the groups of one range, Spark adds up those of all.
 *
 * @param ranges at least one
 */
record AggregateSplit(List<AggregateRange> ranges) implements InputPartition {
    private static final long MOST_ROWS_AT_ONCE = 1L << 19;

    AggregateSplit {
        ranges = List.copyOf(ranges);
    }

    /**
     * Deals the rows of a table out to tasks.
     *
     * @param bytesAtOnce how much Lance may hold, about
     * @param bytesPerRow of the result: every row may have its own key
     * @param most tasks that are worth starting
     */
    static List<AggregateSplit> plan(List<FragmentInfo> fragments, long bytesAtOnce, long bytesPerRow, int most) {
        long rows = Math.max(1, Math.min(MOST_ROWS_AT_ONCE, bytesAtOnce / bytesPerRow));
        List<AggregateRange> ranges = ranges(fragments, rows);
        int count = Math.min(ranges.size(), most);
        List<AggregateSplit> splits = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int from = (int) ((long) i * ranges.size() / count);
            int to = (int) ((i + 1L) * ranges.size() / count);
            splits.add(new AggregateSplit(new ArrayList<>(ranges.subList(from, to))));
        }
        return splits;
    }

    /** Whether no key can come back twice. */
    static boolean isOneRange(List<AggregateSplit> splits) {
        return splits.size() == 1 && splits.get(0).ranges.size() == 1;
    }

    /** Small fragments together, large ones in parts. */
    private static List<AggregateRange> ranges(List<FragmentInfo> fragments, long most) {
        List<AggregateRange> ranges = new ArrayList<>();
        List<Integer> together = new ArrayList<>();
        long rows = 0;
        for (FragmentInfo fragment : fragments) {
            if (!together.isEmpty() && rows + fragment.physicalRows() > most) {
                ranges.add(new AggregateRange(together, 0, AggregateRange.WHOLE));
                together.clear();
                rows = 0;
            }
            if (fragment.physicalRows() <= most) {
                together.add(fragment.id());
                rows += fragment.physicalRows();
            } else {
                cut(fragment, most, ranges);
            }
        }
        if (!together.isEmpty()) {
            ranges.add(new AggregateRange(together, 0, AggregateRange.WHOLE));
        }
        return ranges;
    }

    private static void cut(FragmentInfo fragment, long most, List<AggregateRange> ranges) {
        long rows = fragment.physicalRows();
        long parts = (rows + most - 1) / most;
        for (long i = 0; i < parts; i++) {
            ranges.add(new AggregateRange(List.of(fragment.id()), i * rows / parts, (i + 1) * rows / parts));
        }
    }
}
