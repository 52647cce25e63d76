package io.hox.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.hox.cli.Hox;
import io.hox.testing.Directories;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * An ingest of two datasets whose JVM is killed at any instant leaves an atlas that is sound, and a second run completes it.
 * {@code -Pkill} does it 40 times.
 */
@Timeout(900)
class KilledIngestTest {
    private static final int KILLS = Integer.getInteger("hox.kills", 4);
    private static final int OLD = 30;
    private static final int CELLS = 400;
    private static final int GENES = 50;

    private final Random random = new Random(20261120);

    @TempDir
    Path directory;

    private Path base;
    private Path first;
    private Path second;
    private List<String> undisturbed;
    private long writingMillis;

    @BeforeEach
    void oneUndisturbedRun() throws Exception {
        Path old = made("old.h5ad", OLD, 0);
        first = made("first.h5ad", CELLS, 10);
        second = made("second.h5ad", CELLS + 1, 30);
        base = directory.resolve("base");
        Hox.output("create", base, "--like", old);
        Hox.output("ingest", base, old);
        Hox.output("snapshot", base);
        Path atlas = copy("undisturbed");
        Path log = directory.resolve("undisturbed.log");
        Process process = HoxProcess.start(log, "ingest", atlas, first, second);
        awaitFirstWrite(atlas, process);
        long began = System.nanoTime();
        assertThat(process.waitFor()).as(Files.readString(log)).isZero();
        writingMillis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
        Hox.output("snapshot", atlas);
        undisturbed = content(atlas);
        assertThat(undisturbed).hasSize(OLD + CELLS + CELLS + 1);
    }

    @Test
    void killedAtAnyInstant() throws Exception {
        for (int i = 0; i < KILLS; i++) {
            long delay = (long) (random.nextDouble() * writingMillis);
            kill("killed-" + i, delay);
        }
    }

    private void kill(String name, long delay) throws Exception {
        Path atlas = copy(name);
        Path log = directory.resolve(name + ".log");
        Process process = HoxProcess.start(log, "ingest", atlas, first, second);
        awaitFirstWrite(atlas, process);
        boolean ended = process.waitFor(delay, TimeUnit.MILLISECONDS);
        process.destroyForcibly().waitFor();
        String when = name + ", killed " + delay + " ms after the first write" + (ended ? ", was at its end" : "");

        succeeds(when, "validate", atlas);
        assertThat(Hox.output("count", atlas)).as(when).isEqualToIgnoringNewLines("" + OLD);
        succeeds(when, "snapshot", atlas);
        succeeds(when, "ingest", atlas, first, second);
        succeeds(when, "snapshot", atlas);
        assertThat(content(atlas)).as(when).isEqualTo(undisturbed);
        succeeds(when, "clean", atlas, "--delete", "--older-than", "0s");
        succeeds(when, "validate", atlas);
        assertThat(content(atlas)).as(when).isEqualTo(undisturbed);
        assertThat(Hox.output("count", atlas, "--version", 0)).as(when).isEqualToIgnoringNewLines("" + OLD);
        Directories.delete(atlas);
    }

    private static void succeeds(String when, Object... arguments) {
        Hox.Result result = Hox.run(arguments);
        assertThat(result.exitCode()).as(when + ": " + result).isZero();
    }

    /** All that readers see of the latest snapshot, but for the names of groups. */
    private static List<String> content(Path atlas) {
        List<Row> rows = Hox.session()
                .read()
                .format("hox")
                .load(atlas.toString())
                .select("uid", "dataset_uid", "obs_name", "gene_expression.indices", "gene_expression.counts")
                .collectAsList();
        return rows.stream().map(Row::toString).sorted().toList();
    }

    private void awaitFirstWrite(Path atlas, Process process) throws Exception {
        long before = files(atlas);
        while (process.isAlive() && files(atlas) == before) {
            Thread.sleep(2);
        }
    }

    private static long files(Path atlas) throws IOException {
        try (Stream<Path> all = Files.walk(atlas)) {
            return all.count();
        } catch (java.io.UncheckedIOException e) {
            // A temporary file went away meanwhile, so something is being written.
            return -1;
        }
    }

    private Path copy(String name) throws IOException {
        Path atlas = directory.resolve(name);
        Directories.copy(base, atlas);
        return atlas;
    }

    private Path made(String name, int cells, int firstGene) {
        double[][] x = new double[cells][GENES];
        String[] names = new String[cells];
        for (int cell = 0; cell < cells; cell++) {
            names[cell] = name + cell;
            for (int gene = 0; gene < GENES; gene++) {
                x[cell][gene] = random.nextInt(4) == 0 ? random.nextInt(100) : 0;
            }
        }
        String[] genes = new String[GENES];
        for (int gene = 0; gene < GENES; gene++) {
            genes[gene] = "gene" + (firstGene + gene);
        }
        return MadeH5ad.of(cells, GENES).cells(names).features(genes).x(x).write(directory.resolve(name));
    }
}
