package io.hox.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hox.HoxException;
import io.hox.ingest.DatasetReport.State;
import io.hox.job.TaskCount;
import io.hox.source.Column;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a job when tasks fail, or others do the same. */
class FailedTaskTest {
    private static final ArrayShapes SMALL = new ArrayShapes(64, 128);

    @TempDir
    Path directory;

    private MadeAtlas atlas;

    @BeforeEach
    void open() {
        atlas = new MadeAtlas(directory.resolve("atlas"), List.of(), "rna", "gene_expression");
    }

    @AfterEach
    void close() {
        atlas.close();
    }

    @Test
    void aTaskThatFailsOnceIsTriedAgain() {
        AtomicInteger blocks = new AtomicInteger();
        MadeMatrix matrix = MadeMatrix.random(1, 90, 100).atBlock(() -> {
            if (blocks.incrementAndGet() == 20) {
                throw new IllegalStateException("the disk was away for a moment");
            }
        });

        DatasetReport report =
                atlas.ingest(SMALL, IngestOptions.DEFAULT, request("d", matrix)).get(0);

        assertThat(report.state()).as(report.toString()).isEqualTo(State.INGESTED);
        assertThat(blocks.get()).isGreaterThan(20);
        assertThat(report.nonZeros()).isEqualTo(matrix.entries());
        MadeMatrix same = MadeMatrix.random(1, 90, 100);
        atlas.ingest(SMALL, IngestOptions.DEFAULT, request("undisturbed", same));
        assertThat(counts("d")).isEqualTo(counts("undisturbed"));
        assertThat(atlas.writer().validate()).isEmpty();
    }

    @Test
    void attemptsAtOneTaskWriteTheSameAndTakeNothingAway() throws Exception {
        AtomicInteger failing = new AtomicInteger();
        MadeMatrix matrix = MadeMatrix.random(1, 90, 100).atBlock(() -> {
            if (failing.get() > 0 && failing.decrementAndGet() == 0) {
                throw new IllegalStateException("the executor is lost");
            }
        });
        DatasetRequest request = request("d", matrix);
        Target target = new Target(atlas.writer(), null);
        DatasetPlan plan = new DatasetPlanner(target, IngestOptions.DEFAULT, new ArrayShapes(64, 512))
                .plan(request, Map.of(), "d", "attempt")
                .plan();
        ModalityPlan modality = plan.modalities().get(0);
        List<Piece> pieces = new Survey(plan, null, "").pieces(plan.open(), modality, false);
        PieceTask task = new PieceTask(plan, modality, pieces.get(1));
        PieceResult once = task.run(new TaskCount());
        Map<String, Long> written = Disk.listing(directory);

        ExecutorService pool = Executors.newFixedThreadPool(2);
        Callable<PieceResult> attempt = () -> task.run(new TaskCount());
        for (Future<PieceResult> result : pool.invokeAll(List.of(attempt, attempt))) {
            assertThat(result.get()).isEqualTo(once);
        }
        pool.shutdown();
        assertThat(Disk.listing(directory)).isEqualTo(written);

        failing.set(3);
        assertThatThrownBy(() -> task.run(new TaskCount())).hasMessage("the executor is lost");
        assertThat(Disk.listing(directory)).isEqualTo(written);
        assertThat(task.run(new TaskCount())).isEqualTo(once);
    }

    @Test
    void aTaskThatAlwaysFailsTakesItsDatasetAlone() {
        MadeMatrix broken = MadeMatrix.random(1, 90, 100).atBlock(() -> {
            throw new IllegalArgumentException("no such luck\nsecond line");
        });

        List<DatasetReport> reports = atlas.ingest(
                SMALL,
                IngestOptions.DEFAULT,
                request("broken", broken),
                request("good", MadeMatrix.random(2, 20, 100)));

        assertThat(reports.get(0).state()).isEqualTo(State.FAILED);
        assertThat(reports.get(0).notes())
                .singleElement()
                .asString()
                .endsWith("IllegalArgumentException: no such luck")
                .contains("memory/");
        assertThat(reports.get(1).state()).isEqualTo(State.INGESTED);
        assertThat(atlas.writer().zarr().store().list("")).containsExactly("good", "zarr.json");
        assertThat(atlas.cells("rna")).hasSize(20);
    }

    @Test
    void aTaskWithoutMemorySaysSo() {
        MadeMatrix large = MadeMatrix.random(1, 90, 100).atBlock(() -> {
            throw new OutOfMemoryError("Java heap space");
        });

        DatasetReport report =
                atlas.ingest(SMALL, IngestOptions.DEFAULT, request("d", large)).get(0);

        assertThat(report.notes())
                .singleElement()
                .asString()
                .contains("a task ran out of memory (Java heap space); give executors more memory");
    }

    @Test
    void badInputEndsADatasetBeforeAllOfItIsWritten() {
        AtomicInteger blocks = new AtomicInteger();
        MadeMatrix bad = MadeMatrix.random(1, 900, 100).atBlock(() -> {
            if (blocks.incrementAndGet() == 2) {
                throw new HoxException("the file is torn in block 2; fetch it again");
            }
            pause(20);
        });

        DatasetReport report =
                atlas.ingest(SMALL, IngestOptions.DEFAULT, request("d", bad)).get(0);

        assertThat(report.state()).isEqualTo(State.FAILED);
        assertThat(report.notes()).singleElement().asString().contains("torn in block 2");
        assertThat(blocks.get()).isLessThan(120);
        assertThat(atlas.writer().zarr().store().list("")).containsExactly("zarr.json");
    }

    @Test
    void aBadObsValueIsFoundBeforeAnyFragmentIsWritten() {
        MadeSource source = new MadeSource(2)
                .obs(Column.strings("obs_name", new String[] {"a", null}))
                .matrix("X", MadeMatrix.random(1, 2, 10));
        DatasetRequest request =
                new DatasetRequest(MadeFormat.of(source), "d", Map.of(), Map.of("obs_name", "uid"), Map.of(), Map.of());

        DatasetReport report =
                atlas.ingest(SMALL, IngestOptions.DEFAULT, request).get(0);

        assertThat(report.notes()).singleElement().asString().contains("has no value in row 1");
    }

    @Test
    void ofTwoJobsWithTheSameDatasetOneIsTooLate() throws Exception {
        Callable<DatasetReport> job =
                () -> atlas.ingest(SMALL, IngestOptions.DEFAULT, request("d", MadeMatrix.random(1, 60, 100)))
                        .get(0);
        ExecutorService pool = Executors.newFixedThreadPool(2);
        List<Future<DatasetReport>> reports = pool.invokeAll(List.of(job, job));
        pool.shutdown();

        assertThat(List.of(reports.get(0).get().state(), reports.get(1).get().state()))
                .containsExactlyInAnyOrder(State.INGESTED, State.ALREADY_THERE);
        assertThat(atlas.writer().datasets()).hasSize(1);
        assertThat(atlas.writer().zarr().store().list("d")).hasSize(2);
        assertThat(atlas.cells("rna")).hasSize(60);
        assertThat(atlas.writer().validate()).isEmpty();
    }

    @Test
    void aReplacedDatasetHasItsNewCellsAlone() {
        IngestOptions replace = new IngestOptions(IngestOptions.Duplicates.REFUSE, false, false, true, 512L << 20);
        atlas.ingest(SMALL, replace, request("d", MadeMatrix.random(1, 60, 100)));
        String before = atlas.group("d", "gene_expression");

        MadeMatrix second = MadeMatrix.random(2, 40, 100);
        assertThat(atlas.ingest(SMALL, replace, request("d", second)).get(0).state())
                .isEqualTo(State.INGESTED);
        assertThat(atlas.ingest(SMALL, replace, request("d", second)).get(0).state())
                .isEqualTo(State.INGESTED);

        assertThat(atlas.ingest(SMALL, replace, request("d", second)).get(0).notes())
                .containsExactly("its cells are there in place of those that the dataset had");
        assertThat(atlas.writer().datasets()).hasSize(1);
        assertThat(atlas.group("d", "gene_expression")).isNotEqualTo(before);
        assertThat(atlas.cells("rna")).hasSize(40);
        assertThat(counts("d")).hasSize((int) second.entries());
        assertThat(atlas.writer().validate()).isEmpty();
    }

    private int[] counts(String uid) {
        return atlas.array(atlas.group(uid, "gene_expression") + "/csr/layers/counts")
                .ints();
    }

    private static DatasetRequest request(String uid, MadeMatrix matrix) {
        MadeSource source = new MadeSource((int) matrix.rows()).matrix("X", matrix);
        return new DatasetRequest(MadeFormat.of(source), uid, Map.of(), Map.of(), Map.of(), Map.of());
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
