package io.hox.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.hox.cli.Hox;
import io.hox.ingest.AtlasPlace;
import io.hox.ingest.HoxProcess;
import io.hox.testing.Directories;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Copies whose JVM is killed at any instant are whole or not seen, and a second run completes them. {@code -Dhox.kills=40}
 * does it more often.
 */
@Timeout(600)
class KilledIndexTest {
    private static final int KILLS = Integer.getInteger("hox.kills", 2);
    private static final List<String> GROUPS = List.of("first", "second", "third");

    private final Random random = new Random(20261121);

    @TempDir
    Path directory;

    private AtlasPlace place;
    private Map<String, String> undisturbed;
    private String answer;
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
        Path made = directory.resolve("made");
        try (MadeGroups groups = new MadeGroups(made.toString(), Map.of())) {
            for (String group : GROUPS) {
                groups.add(group, MadeGroups.random(group.hashCode(), 1500, 300, 0.2));
            }
            groups.publish(false);
        }
        place.put(made, "base");
        runUndisturbed();
        for (int i = 0; i < times; i++) {
            kill("killed-" + i, (long) (random.nextDouble() * writingMillis));
        }
    }

    private void runUndisturbed() throws Exception {
        place.copy("base", "undisturbed");
        answer = answer("undisturbed");
        Path log = directory.resolve("undisturbed.log");
        Process process = HoxProcess.start(log, place.javaOptions(), "index", place.atlas("undisturbed"));
        awaitFirstWrite("undisturbed", process);
        long began = System.nanoTime();
        assertThat(process.waitFor()).as(Files.readString(log)).isZero();
        writingMillis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
        undisturbed = copies("undisturbed");
        assertThat(undisturbed).hasSizeGreaterThan(3 * GROUPS.size());
    }

    private void kill(String name, long delay) throws Exception {
        place.copy("base", name);
        Path log = directory.resolve(name + ".log");
        Process process = HoxProcess.start(log, place.javaOptions(), "index", place.atlas(name));
        awaitFirstWrite(name, process);
        boolean ended = process.waitFor(delay, TimeUnit.MILLISECONDS);
        process.destroyForcibly().waitFor();
        String when = name + ", killed " + delay + " ms after the first write" + (ended ? ", was at its end" : "");

        succeeds(when, "validate", place.atlas(name));
        assertThat(answer(name)).as(when).isEqualTo(answer);
        succeeds(when, "index", place.atlas(name));
        assertThat(copies(name)).as(when).isEqualTo(undisturbed);
        succeeds(when, "validate", place.atlas(name));
        assertThat(answer(name)).as(when).isEqualTo(answer);
        Directories.delete(place.files(name));
    }

    private static void succeeds(String when, Object... arguments) {
        Hox.Result result = Hox.run(arguments);
        assertThat(result.exitCode()).as(when + ": " + result).isZero();
    }

    /** A question that copies answer. */
    private String answer(String name) {
        return Hox.session()
                .read()
                .format("hox")
                .option("features", "gene00007,gene00123")
                .load(place.atlas(name))
                .select("uid", "rna.indices", "rna.counts")
                .collectAsList()
                .stream()
                .map(Object::toString)
                .sorted()
                .toList()
                .toString();
    }

    /** What the files of all copies hold; those that a killed process was writing have names of their own. */
    private Map<String, String> copies(String name) throws IOException {
        Map<String, String> copies = new TreeMap<>();
        for (String group : GROUPS) {
            Path root = place.files(name).resolve("zarr_store").resolve(group).resolve("csc");
            try (Stream<Path> all = Files.walk(root)) {
                for (Path path : (Iterable<Path>) all::iterator) {
                    String key = group + "/" + root.relativize(path);
                    if (Files.isRegularFile(path) && key.matches(".*/(zarr.json|c/[0-9]+)")) {
                        copies.put(key, Integer.toHexString(Arrays.hashCode(Files.readAllBytes(path))));
                    }
                }
            }
        }
        return copies;
    }

    private void awaitFirstWrite(String name, Process process) throws Exception {
        while (process.isAlive() && !hasCopy(place.files(name))) {
            Thread.sleep(2);
        }
    }

    private static boolean hasCopy(Path files) throws IOException {
        try (Stream<Path> all = Files.walk(files)) {
            return all.anyMatch(path -> path.endsWith("csc"));
        } catch (UncheckedIOException e) {
            // A temporary file went away meanwhile, so something is being written.
            return true;
        }
    }
}
