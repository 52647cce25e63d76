package io.hox.spark;

import io.hox.atlas.AtlasView;
import io.hox.lance.FragmentInfo;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.connector.expressions.aggregate.Aggregation;
import org.apache.spark.sql.connector.expressions.filter.Predicate;
import org.apache.spark.sql.connector.read.Scan;
import org.apache.spark.sql.connector.read.ScanBuilder;
import org.apache.spark.sql.connector.read.SupportsPushDownAggregates;
import org.apache.spark.sql.connector.read.SupportsPushDownLimit;
import org.apache.spark.sql.connector.read.SupportsPushDownOffset;
import org.apache.spark.sql.connector.read.SupportsPushDownRequiredColumns;
import org.apache.spark.sql.connector.read.SupportsPushDownV2Filters;
import org.apache.spark.sql.types.StructType;

/** Collects what Spark pushes into a read of cells. */
final class CellScanBuilder
        implements ScanBuilder,
                SupportsPushDownV2Filters,
                SupportsPushDownRequiredColumns,
                SupportsPushDownAggregates,
                SupportsPushDownLimit,
                SupportsPushDownOffset {
    private static final long MICROS_PER_SECOND = 1_000_000L;

    private final CellsTable table;
    private StructType selected;
    private PushedFilters filters = PushedFilters.NONE;
    private RowRange range = RowRange.ALL;
    private final List<RowFilterSpec> rowFilters = new ArrayList<>();
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
        PredicateToLance translator = new PredicateToLance(table.cells()::filterColumn, zoneOffsetMicros());
        List<Predicate> pushed = new ArrayList<>();
        List<String> sql = new ArrayList<>();
        List<Predicate> left = new ArrayList<>();
        for (Predicate predicate : predicates) {
            String translated = translator.translate(predicate);
            if (translated == null) {
                left.add(predicate);
                FeatureFilter filter = FeatureFilter.of(FeatureComparison.of(predicate), table);
                if (filter != null) {
                    rowFilters.add(filter);
                }
            } else {
                pushed.add(predicate);
                sql.add(translated);
            }
        }
        filters = new PushedFilters(pushed, sql.isEmpty() ? null : String.join(" AND ", sql), left);
        return left.toArray(new Predicate[0]);
    }

    @Override
    public Predicate[] pushedPredicates() {
        return filters.pushed().toArray(new Predicate[0]);
    }

    @Override
    public void pruneColumns(StructType required) {
        selected = required;
    }

    /** Where Lance sees all rows at once. */
    @Override
    public boolean supportCompletePushDown(Aggregation aggregation) {
        PushedAggregate pushed = PushedAggregate.of(aggregation, table.cells());
        return pushed != null && (countsAll(pushed) || AggregateSplit.isOneRange(aggregateSplits(pushed)));
    }

    /** Spark asks only if no filter is left to it. */
    @Override
    public boolean pushAggregation(Aggregation aggregation) {
        PushedAggregate pushed = PushedAggregate.of(aggregation, table.cells());
        // Without a split there would be no row, but Spark wants one where there are no keys.
        if (pushed == null || fragments().isEmpty()) {
            return false;
        }
        aggregate = pushed;
        return true;
    }

    private boolean countsAll(PushedAggregate pushed) {
        return pushed.countsRows() && filters.sql() == null;
    }

    private List<AggregateSplit> aggregateSplits(PushedAggregate pushed) {
        return AggregateSplit.plan(
                fragments(),
                table.limits().splitBytes(),
                pushed.schema().defaultSize(),
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

    // Behind an aggregate, limits would count groups.
    @Override
    public boolean pushLimit(int limit) {
        if (aggregate != null) {
            return false;
        }
        range = range.withLimit(limit);
        return true;
    }

    @Override
    public boolean pushOffset(int offset) {
        if (aggregate != null) {
            return false;
        }
        range = range.withOffset(offset);
        return true;
    }

    /** The planner counts rows before it cuts splits, so the limit holds over all of them. */
    @Override
    public boolean isPartiallyPushed() {
        return false;
    }

    @Override
    public Scan build() {
        if (aggregate != null) {
            return countsAll(aggregate)
                    ? new RowCountScan(
                            aggregate.schema(),
                            fragments().stream().mapToLong(FragmentInfo::rows).sum())
                    : new AggregateScan(table, filters, aggregate, aggregateSplits(aggregate));
        }
        return new CellScan(table, selected, filters, rowFilters, range);
    }

    // Only where the offset never changes is the order of local times that of instants.
    private static Long zoneOffsetMicros() {
        ZoneId zone = ZoneId.of(SparkSession.active().conf().get("spark.sql.session.timeZone"), ZoneId.SHORT_IDS);
        if (!zone.getRules().isFixedOffset()) {
            return null;
        }
        return zone.getRules().getOffset(java.time.Instant.EPOCH).getTotalSeconds() * MICROS_PER_SECOND;
    }
}
