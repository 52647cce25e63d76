package io.hox.spark;

import java.util.Arrays;
import java.util.Locale;
import java.util.function.LongFunction;

/** Metrics as people read them, in the form that Spark gives its own. */
final class MetricText {
    private static final String[] BYTE_UNITS = {"B", "KiB", "MiB", "GiB", "TiB", "PiB"};
    private static final double STEP = 1024;

    private MetricText() {}

    /** The sum, and the least, the middle and the largest value where there are several tasks. */
    static String aggregate(long[] values, LongFunction<String> show) {
        String total = show.apply(Arrays.stream(values).sum());
        if (values.length < 2) {
            return total;
        }
        long[] sorted = values.clone();
        Arrays.sort(sorted);
        return "total (min, med, max)\n" + total + " (" + show.apply(sorted[0]) + ", "
                + show.apply(sorted[sorted.length / 2]) + ", " + show.apply(sorted[sorted.length - 1]) + ")";
    }

    static String bytes(long bytes) {
        double value = bytes;
        int unit = 0;
        while (value >= STEP && unit < BYTE_UNITS.length - 1) {
            value /= STEP;
            unit++;
        }
        return unit == 0 ? bytes + " B" : String.format(Locale.ROOT, "%.1f %s", value, BYTE_UNITS[unit]);
    }

    static String millis(long millis) {
        if (millis < 1_000) {
            return millis + " ms";
        }
        return millis < 60_000
                ? String.format(Locale.ROOT, "%.1f s", millis / 1_000.0)
                : String.format(Locale.ROOT, "%.1f min", millis / 60_000.0);
    }
}
