package io.hox.spark;

import io.hox.atlas.AtlasView;
import io.hox.lance.FragmentInfo;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.connector.expressions.SortOrder;
import org.apache.spark.sql.connector.expressions.aggregate.Aggregation;
import org.apache.spark.sql.connector.expressions.filter.Predicate;
import org.apache.spark.sql.connector.read.Scan;
import org.apache.spark.sql.connector.read.ScanBuilder;
import org.apache.spark.sql.connector.read.SupportsPushDownAggregates;
import org.apache.spark.sql.connector.read.SupportsPushDownLimit;
import org.apache.spark.sql.connector.read.SupportsPushDownOffset;
import org.apache.spark.sql.connector.read.SupportsPushDownRequiredColumns;
import org.apache.spark.sql.connector.read.SupportsPushDownTableSample;
import org.apache.spark.sql.connector.read.SupportsPushDownTopN;
import org.apache.spark.sql.connector.read.SupportsPushDownV2Filters;
import org.apache.spark.sql.types.StructType;

/** Collects what Spark pushes into a read of cells. */
final class CellScanBuilder
        implements ScanBuilder,
                SupportsPushDownV2Filters,
                SupportsPushDownRequiredColumns,
                SupportsPushDownAggregates,
                SupportsPushDownLimit,
                SupportsPushDownOffset,
                SupportsPushDownTopN,
                SupportsPushDownTableSample {
    private final CellsTable table;
    private StructType selected;
    private CellPushdown pushed = CellPushdown.NONE;
    private List<FragmentInfo> fragments;
    private PushedAggregate aggregate;

    CellScanBuilder(CellsTable table) {
        this.table = table;
        this.selected = table.structType();
    }

    /**
     * A predicate is either wholly evaluated by Lance, with Spark's meaning, or left to Spark: what is pushed needs no
     * second look. Of those left to Spark, comparisons of a feature's value are looked at before arrays are read, too.
     */
    @Override
    public Predicate[] pushPredicates(Predicate[] predicates) {
        PredicateToLance translator = PredicateToLance.of(table.cells());
        List<Predicate> translatable = new ArrayList<>();
        List<String> sql = new ArrayList<>();
        List<Predicate> left = new ArrayList<>();
        List<FeatureFilter> values = new ArrayList<>();
        for (Predicate predicate : predicates) {
            String translated = translator.translate(predicate);
            if (translated == null) {
                left.add(predicate);
                FeatureFilter filter = FeatureFilter.of(FeatureComparison.of(predicate), table);
                if (filter != null) {
                    values.add(filter);
                }
            } else {
                translatable.add(predicate);
                sql.add(translated);
            }
        }
        String condition = sql.isEmpty() ? null : String.join(" AND ", sql);
        pushed = pushed.with(new PushedFilters(translatable, condition, left)).with(values);
        return left.toArray(new Predicate[0]);
    }

    @Override
    public Predicate[] pushedPredicates() {
        return pushed.filters().pushed().toArray(new Predicate[0]);
    }

    @Override
    public void pruneColumns(StructType required) {
        selected = required;
    }

    /** Asked before anything else, of a scan without filters. */
    @Override
    public boolean pushTableSample(double lowerBound, double upperBound, boolean withReplacement, long seed) {
        if (withReplacement || pushed.sample() != null) {
            return false;
        }
        pushed = pushed.with(new TableSample(lowerBound, upperBound, seed));
        return true;
    }

    /** Where Lance sees all rows at once. */
    @Override
    public boolean supportCompletePushDown(Aggregation aggregation) {
        PushedAggregate translated = translated(aggregation);
        return translated != null && (countsAll(translated) || AggregateSplit.isOneRange(aggregateSplits(translated)));
    }

    /** Spark asks only if no filter is left to it. */
    @Override
    public boolean pushAggregation(Aggregation aggregation) {
        PushedAggregate translated = translated(aggregation);
        if (translated != null && isWorthwhile(translated)) {
            aggregate = translated;
        }
        return aggregate != null;
    }

    private boolean isWorthwhile(PushedAggregate counts) {
        List<String> keys = counts.lance().keys();
        if (keys.isEmpty() || AggregateSplit.isOneRange(aggregateSplits(counts))) {
            return true;
        }
        try (AtlasView view = table.read().open()) {
            return GroupingGain.isLarge(view.obs(table.obsTable().name()), fragments(), keys);
        }
    }

    // Without a fragment there would be no row, but Spark wants one where there are no keys.
    private PushedAggregate translated(Aggregation aggregation) {
        return pushed.sample() != null || fragments().isEmpty() ? null : PushedAggregate.of(aggregation, table.cells());
    }

    private boolean countsAll(PushedAggregate counts) {
        return counts.countsRows() && pushed.filters().sql() == null;
    }

    private List<AggregateSplit> aggregateSplits(PushedAggregate counts) {
        return AggregateSplit.plan(
                fragments(),
                table.limits().splitBytes(),
                counts.schema().defaultSize(),
                SparkSession.active().sparkContext().defaultParallelism());
    }

    private List<FragmentInfo> fragments() {
        if (fragments == null) {
            try (AtlasView view = table.read().open()) {
                fragments = view.obs(table.obsTable().name()).fragments();
            }
        }
        return fragments;
    }

    @Override
    public boolean pushTopN(SortOrder[] orders, int limit) {
        TopRows top = countsOtherRows() ? null : TopRows.of(orders, limit, table.cells());
        pushed = pushed.with(top);
        return top != null;
    }

    @Override
    public boolean pushLimit(int limit) {
        if (countsOtherRows()) {
            return false;
        }
        pushed = pushed.with(pushed.range().withLimit(limit));
        return true;
    }

    @Override
    public boolean pushOffset(int offset) {
        if (countsOtherRows()) {
            return false;
        }
        pushed = pushed.with(pushed.range().withOffset(offset));
        return true;
    }

    /** Behind an aggregate a limit is one of groups; which cells a sample has, tasks find out. */
    private boolean countsOtherRows() {
        return aggregate != null || pushed.sample() != null;
    }

    /**
     * The planner counts rows before it cuts splits, so a limit holds over all of them. Where it is one of ordered rows,
     * Spark puts those that come back in order.
     */
    @Override
    public boolean isPartiallyPushed() {
        return pushed.top() != null;
    }

    @Override
    public Scan build() {
        if (aggregate != null) {
            return countsAll(aggregate)
                    ? new RowCountScan(
                            aggregate.schema(),
                            fragments().stream().mapToLong(FragmentInfo::rows).sum())
                    : new AggregateScan(table, pushed.filters(), aggregate, aggregateSplits(aggregate));
        }
        return new CellScan(table, selected, pushed);
    }
}
