package io.hox.ingest;

import static io.hox.ingest.MadeH5ad.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.hox.cli.Hox;
import io.hox.zarr.DataType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Disks that are full or may not be written to; needs the right to mount one. */
@Timeout(300)
class FullDiskTest {
    @TempDir
    Path directory;

    private Path disk;
    private Path atlas;

    @BeforeEach
    void mountASmallDiskWithAnAtlas() throws Exception {
        disk = Files.createDirectory(directory.resolve("disk"));
        assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", disk.toString()),
                "this user may not mount a tmpfs, so no disk can be filled");
        atlas = disk.resolve("atlas");
        Path old = MadeH5ad.of(2, 2).x(row(1, 2), row(3, 0)).write(directory.resolve("old.h5ad"));
        Hox.output("create", atlas, "--like", old);
        Hox.output("ingest", atlas, old);
        Hox.output("snapshot", atlas);
    }

    @AfterEach
    void unmount() throws Exception {
        run("umount", disk.toString());
    }

    @Test
    void aFullDiskIsReportedAndTheIngestCompletedWithMoreSpace() throws Exception {
        Path large = large();

        Hox.Result full = Hox.run("ingest", atlas, large);

        assertThat(full.exitCode()).isEqualTo(1);
        assertThat(full.err()).contains("large.h5ad", "No space left").doesNotContain("\tat ");
        assertThat(Hox.output("validate", atlas)).isEmpty();
        assertThat(Hox.output("count", atlas)).isEqualToIgnoringNewLines("2");

        assertThat(run("mount", "-o", "remount,size=64m", disk.toString())).isTrue();
        Hox.output("ingest", atlas, large);
        Hox.output("snapshot", atlas);
        assertThat(Hox.output("count", atlas)).isEqualToIgnoringNewLines("2002");
        assertThat(Hox.output("validate", atlas)).isEmpty();
    }

    @Test
    void aDiskThatMayNotBeWrittenToIsReported() throws Exception {
        Path more = MadeH5ad.of(3, 2).x(row(1, 2), row(3, 0), row(4, 4)).write(directory.resolve("more.h5ad"));
        assertThat(run("mount", "-o", "remount,ro", disk.toString())).isTrue();

        Hox.Result refused = Hox.run("ingest", atlas, more);

        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.err()).contains("Read-only file system").doesNotContain("\tat ");
        assertThat(Hox.output("count", atlas)).isEqualToIgnoringNewLines("2");
        assertThat(run("mount", "-o", "remount,rw", disk.toString())).isTrue();
        Hox.output("ingest", atlas, more);
        Hox.output("snapshot", atlas);
        assertThat(Hox.output("count", atlas)).isEqualToIgnoringNewLines("5");
    }

    /** Some eight megabytes of values that can't be packed much. */
    private Path large() {
        Random random = new Random(1);
        double[][] x = new double[2000][1000];
        for (double[] cell : x) {
            for (int i = 0; i < cell.length; i++) {
                cell[i] = 1 + random.nextInt(1 << 24);
            }
        }
        return MadeH5ad.of(2000, 1000).matrix("X", DataType.FLOAT64, x).write(directory.resolve("large.h5ad"));
    }

    private static boolean run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getInputStream().readAllBytes();
        return process.waitFor() == 0;
    }
}
