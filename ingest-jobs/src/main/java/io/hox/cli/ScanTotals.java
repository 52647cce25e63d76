package io.hox.cli;

import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.scheduler.AccumulableInfo;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobEnd;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.sql.SparkSession;
import scala.collection.JavaConverters;

/** What the scans of one action did, added up from the metrics that the Spark UI shows as well. */
final class ScanTotals extends SparkListener {
    private static final long PATIENCE_MILLIS = 3_000;

    private final Map<String, Long> totals = new ConcurrentHashMap<>();
    private final AtomicInteger started = new AtomicInteger();
    private final AtomicInteger ended = new AtomicInteger();

    static ScanTotals listenTo(SparkSession spark) {
        ScanTotals listener = new ScanTotals();
        spark.sparkContext().addSparkListener(listener);
        return listener;
    }

    /** Forgets what was counted so far. */
    void reset() {
        totals.clear();
        started.set(0);
        ended.set(0);
    }

    /** What was counted since the last reset, in words. Events come a moment after the action, hence a short wait. */
    String describe() {
        long deadline = System.currentTimeMillis() + PATIENCE_MILLIS;
        while ((ended.get() == 0 || ended.get() < started.get()) && System.currentTimeMillis() < deadline) {
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                break;
            }
        }
        return String.format(
                Locale.ROOT,
                "%,d cells, %,d matrix entries, %,d Zarr requests, %s",
                total("cells read"),
                total("matrix entries read"),
                total("Zarr requests"),
                HumanBytes.of(total("Zarr bytes read")));
    }

    private long total(String metric) {
        return totals.getOrDefault(metric, 0L);
    }

    @Override
    public void onJobStart(SparkListenerJobStart event) {
        started.incrementAndGet();
    }

    @Override
    public void onJobEnd(SparkListenerJobEnd event) {
        ended.incrementAndGet();
    }

    @Override
    public void onTaskEnd(SparkListenerTaskEnd event) {
        for (AccumulableInfo info :
                JavaConverters.seqAsJavaList(event.taskInfo().accumulables())) {
            if (info.name().isDefined()
                    && info.update().isDefined()
                    && info.update().get() instanceof Long value
                    && value > 0) {
                totals.merge(info.name().get(), value, Long::sum);
            }
        }
    }
}
