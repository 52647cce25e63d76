package io.hox.atlas;

import static org.assertj.core.api.Assertions.assertThat;

import io.hox.testing.Jvm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code kill -9} at any moment of adding, replacing, removing, optimizing and recording snapshots. */
@Timeout(1200)
class KilledWriterTest {
    private static final int KILLS = Integer.getInteger("hox.kills", 6);
    private static final List<String> ACTIONS = List.of(
            "replace=d1",
            "add=d2",
            "optimize",
            "snapshot",
            "remove=d3",
            "add=d3",
            "optimize",
            "replace=d2",
            "snapshot");

    @TempDir
    Path directory;

    @Test
    void anAtlasIsSoundAfterItsWriterWasKilled() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        AtlasUri uri = AtlasUri.resolve(directory.resolve("atlas").toString(), null);
        try (AtlasWriter writer =
                AtlasWriter.create(uri, Map.of(), ConcurrentWritersTest.SCHEMA, FeatureSpaces.none())) {
            WriterProcess process = new WriterProcess(writer);
            process.act("add=d0,d1,d3");
            writer.snapshot();
            for (int kill = 0; kill < KILLS; kill++) {
                Path log = directory.resolve("killed-" + kill + ".log");
                Process killed = Jvm.start(WriterProcess.class, log, arguments(uri));
                while (killed.isAlive() && !Files.readString(log).contains("ready")) {
                    Thread.sleep(5);
                }
                killed.waitFor(random.nextInt(1000), TimeUnit.MILLISECONDS);
                killed.destroyForcibly().waitFor();

                String when = "seed " + seed + ", kill " + kill + ", " + Files.readString(log);
                assertThat(writer.validate()).as(when).isEmpty();
                ConcurrentWritersTest.checkSnapshots(uri);
                ACTIONS.forEach(process::act);
                assertThat(ConcurrentWritersTest.cells(writer))
                        .as(when)
                        .hasSize(4 * WriterProcess.CELLS)
                        .doesNotHaveDuplicates();
                ConcurrentWritersTest.checkWhole(writer);
            }
            AtlasCleaner cleaner = writer.cleaner();
            cleaner.find().forEach(cleaner::delete);
            assertThat(cleaner.find()).isEmpty();
            assertThat(writer.validate()).isEmpty();
            ConcurrentWritersTest.checkSnapshots(uri);
        }
    }

    private static List<String> arguments(AtlasUri uri) {
        List<String> arguments = new java.util.ArrayList<>(List.of(uri.root()));
        arguments.addAll(ACTIONS);
        return arguments;
    }
}
