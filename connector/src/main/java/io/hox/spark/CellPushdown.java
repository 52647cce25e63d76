package io.hox.spark;

import java.util.ArrayList;
import java.util.List;

/**
 * What Spark leaves to a read of cells, besides columns.
 *
 * @param filters which cells pass
 * @param values comparisons of features' values that leave out cells before arrays are read; Spark looks again
 * @param sample the share of cells that is looked at; null = all
 * @param top the first cells by some order; null = not asked for
 * @param range which of the cells, in table order
 */
record CellPushdown(
        PushedFilters filters, List<FeatureFilter> values, TableSample sample, TopRows top, RowRange range) {
    static final CellPushdown NONE = new CellPushdown(PushedFilters.NONE, List.of(), null, null, RowRange.ALL);

    CellPushdown {
        values = List.copyOf(values);
    }

    CellPushdown with(PushedFilters others) {
        return new CellPushdown(others, values, sample, top, range);
    }

    CellPushdown with(List<FeatureFilter> comparisons) {
        return new CellPushdown(filters, comparisons, sample, top, range);
    }

    CellPushdown with(TableSample share) {
        return new CellPushdown(filters, values, share, top, range);
    }

    CellPushdown with(TopRows first) {
        return new CellPushdown(filters, values, sample, first, range);
    }

    CellPushdown with(RowRange rows) {
        return new CellPushdown(filters, values, sample, top, rows);
    }

    /** Whether another filter would bring in cells that the result does not have now. */
    boolean dependsOnOtherRows() {
        return top != null || !range.isAll();
    }

    List<RowFilterSpec> rowFilters() {
        List<RowFilterSpec> specs = new ArrayList<>(values);
        if (sample != null) {
            // Costs nothing, so it goes first.
            specs.add(0, sample);
        }
        return specs;
    }

    /** @param passing cells that pass the filters */
    long rows(long passing) {
        long rows = Math.max(0, Math.min(passing, range.end()) - range.offset());
        rows = sample == null ? rows : Math.round(rows * sample.fraction());
        return top == null ? rows : Math.min(rows, top.limit());
    }

    /** For people; leaves out what was not pushed. */
    List<String> describe() {
        List<String> parts = new ArrayList<>();
        parts.add(filters.toString());
        values.forEach(comparison -> parts.add("rows where " + comparison));
        if (sample != null) {
            parts.add(sample.toString());
        }
        if (top != null) {
            parts.add(top.toString());
        }
        if (!range.isAll()) {
            parts.add(range.toString());
        }
        return parts;
    }
}
