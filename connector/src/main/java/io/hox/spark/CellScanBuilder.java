package io.hox.spark;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.connector.expressions.filter.Predicate;
import org.apache.spark.sql.connector.read.Scan;
import org.apache.spark.sql.connector.read.ScanBuilder;
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
                SupportsPushDownLimit,
                SupportsPushDownOffset {
    private static final long MICROS_PER_SECOND = 1_000_000L;

    private final CellsTable table;
    private StructType selected;
    private PushedFilters filters = PushedFilters.NONE;
    private RowRange range = RowRange.ALL;

    CellScanBuilder(CellsTable table) {
        this.table = table;
        this.selected = table.structType();
    }

    /**
     * A predicate is either wholly evaluated by Lance, with Spark's meaning, or left to Spark. There are no predicates of
     * which both do a part: what is pushed needs no second look.
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

    @Override
    public boolean pushLimit(int limit) {
        range = range.withLimit(limit);
        return true;
    }

    @Override
    public boolean pushOffset(int offset) {
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
        return new CellScan(table, selected, filters, range);
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
