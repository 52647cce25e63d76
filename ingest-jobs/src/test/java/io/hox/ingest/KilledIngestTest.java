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
import org.junit.jupiter.api.AfterEach;
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

    private AtlasPlace place;
    private Path first;
    private Path second;
    private List<String> undisturbed;
    private long writingMillis;

    @AfterEach
    void close() {
        place.close();
    }

    @Test
    void onDisk() throws Exception {
        place = AtlasPlace.local(directory);
        killAndRepair(KILLS);
    }

    @Test
    void inABucket() throws Exception {
        place = AtlasPlace.s3();
        killAndRepair(KILLS / 2);
    }

    private void killAndRepair(int times) throws Exception {
        runUndisturbed();
        for (int i = 0; i < times; i++) {
            kill("killed-" + i, (long) (random.nextDouble() * writingMillis));
        }
    }

    private void runUndisturbed() throws Exception {
        Path old = made("old.h5ad", OLD, 0);
        first = made("first.h5ad", CELLS, 10);
        second = made("second.h5ad", CELLS + 1, 30);
        String base = place.atlas("base");
        Hox.output("create", base, "--like", old);
        Hox.output("ingest", base, old);
        Hox.output("snapshot", base);
        String atlas = copy("undisturbed");
        Path log = directory.resolve("undisturbed.log");
        Process process = HoxProcess.start(log, place.javaOptions(), "ingest", atlas, first, second);
        awaitFirstWrite("undisturbed", process);
        long began = System.nanoTime();
        assertThat(process.waitFor()).as(Files.readString(log)).isZero();
        writingMillis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
        Hox.output("snapshot", atlas);
        undisturbed = content(atlas);
        assertThat(undisturbed).hasSize(OLD + CELLS + CELLS + 1);
    }

    private void kill(String name, long delay) throws Exception {
        String atlas = copy(name);
        Path log = directory.resolve(name + ".log");
        Process process = HoxProcess.start(log, place.javaOptions(), "ingest", atlas, first, second);
        awaitFirstWrite(name, process);
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
        Directories.delete(place.files(name));
    }

    private static void succeeds(String when, Object... arguments) {
        Hox.Result result = Hox.run(arguments);
        assertThat(result.exitCode()).as(when + ": " + result).isZero();
    }

    /** All that readers see of the latest snapshot, but for the names of groups. */
    private static List<String> content(String atlas) {
        List<Row> rows = Hox.session()
                .read()
                .format("hox")
                .load(atlas)
                .select("uid", "dataset_uid", "obs_name", "gene_expression.indices", "gene_expression.counts")
                .collectAsList();
        return rows.stream().map(Row::toString).sorted().toList();
    }

    private void awaitFirstWrite(String name, Process process) throws Exception {
        long before = files(place.files(name));
        while (process.isAlive() && files(place.files(name)) == before) {
            Thread.sleep(2);
        }
    }

    private static long files(Path directory) throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            return all.count();
        } catch (java.io.UncheckedIOException e) {
            // A temporary file went away meanwhile, so something is being written.
            return -1;
        }
    }

    private String copy(String name) throws IOException {
        place.copy("base", name);
        return place.atlas(name);
    }

    private Path made(String name, int cells, int firstGene) {
        return MadeH5ad.random(directory.resolve(name), cells, firstGene, GENES, random);
    }
}
