package io.hox.spark;

import static io.hox.testing.SparkTest.read;
import static org.assertj.core.api.Assertions.assertThat;

import io.hox.lance.LanceRuntime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Many queries in one JVM; the system property {@code hox.leak.queries} asks for more of them. */
class LeakTest {
    private static final Path FILES = Path.of("/proc/self/fd");
    private static final int QUERIES = Integer.getInteger("hox.leak.queries", 60);
    private static final long HEAP_NOISE = 24L << 20;

    private static final List<Supplier<Dataset<Row>>> KINDS = List.of(
            () -> read("pbmc_two_datasets").groupBy("cell_type").count(),
            () -> read("pbmc_two_datasets")
                    .select("uid", "gene_expression.counts")
                    .limit(20),
            () -> read("pbmc_two_datasets", "features", "CD38,CD9", "featureKey", "gene_name")
                    .where("is_train")
                    .selectExpr("sum(size(gene_expression.counts))"),
            () -> read("pbmc_two_datasets", "axis", "features").selectExpr("count(*)"),
            () -> read("edge_cases").selectExpr("uid").orderBy("uid").limit(3));

    @Test
    void manyQueriesLeaveNothingBehind() throws Exception {
        Assumptions.assumeTrue(Files.isDirectory(FILES), "open files are counted on Linux only");
        run(QUERIES / 2);
        long memory = LanceRuntime.allocator().getAllocatedMemory();
        long heap = heap();
        long files = files();
        int threads = Thread.activeCount();

        run(QUERIES);

        assertThat(LanceRuntime.allocator().getAllocatedMemory()).isEqualTo(memory);
        assertThat(SnapshotPool.JVM.figures().used()).isZero();
        assertThat(files()).isLessThanOrEqualTo(files + 5);
        assertThat(Thread.activeCount()).isLessThanOrEqualTo(threads + 5);
        assertThat(heap()).isLessThan(heap + HEAP_NOISE);
    }

    private static void run(int queries) {
        for (int i = 0; i < queries; i++) {
            KINDS.get(i % KINDS.size()).get().collectAsList();
        }
    }

    private static long heap() throws InterruptedException {
        Runtime runtime = Runtime.getRuntime();
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 4; i++) {
            System.gc();
            Thread.sleep(100);
            least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
        }
        return least;
    }

    private static long files() throws IOException {
        try (Stream<Path> open = Files.list(FILES)) {
            return open.count();
        }
    }
}
