package io.hox.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.hox.testing.Directories;
import io.hox.testing.Shared;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code hox remove} and {@code hox clean} on an atlas of homeobox with four datasets and snapshots. */
class RemoveAndCleanTest {
    @TempDir
    Path directory;

    private Path atlas;

    @BeforeEach
    void copyAtlas() throws IOException {
        atlas = directory.resolve("atlas");
        Directories.copy(Shared.atlas("pbmc_two_datasets"), atlas);
    }

    @Test
    void removedDatasetsAreGoneFromTheNextSnapshotOn() {
        List<String> uids = uids();
        long all = cells();
        Hox.Result removed = Hox.run("remove", atlas, "--dataset-uid", uids.get(0));
        assertThat(removed.exitCode()).as(removed.toString()).isZero();
        assertThat(removed.out()).containsPattern("removed dataset " + uids.get(0) + ": [\\d,]+ cells, 1 row of the");
        assertThat(removed.err()).contains("hox clean " + atlas + " --delete");
        assertThat(cells()).isEqualTo(all);
        assertThat(Hox.output("validate", atlas)).isEmpty();
        Hox.output("snapshot", atlas);
        assertThat(cells()).isLessThan(all).isPositive();
        assertThat(uids()).isEqualTo(uids.subList(1, uids.size()));
        assertThat(Hox.output("count", atlas, "--version", "1").strip()).isEqualTo(Long.toString(all));
        // The first snapshot still needs the arrays.
        Hox.Result clean = Hox.run("clean", atlas, "--delete", "--older-than", "0");
        assertThat(clean.err()).contains("nothing to clean");
        assertThat(Hox.output("count", atlas, "--version", "1").strip()).isEqualTo(Long.toString(all));
    }

    @Test
    void unknownDatasetsAreRefusedBeforeAnythingIsRemoved() {
        List<String> uids = uids();
        String mistyped = uids.get(0).substring(0, uids.get(0).length() - 1) + "#";
        Hox.Result result = Hox.run("remove", atlas, "--dataset-uid", uids.get(1), "--dataset-uid", mistyped);
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err()).contains(mistyped, "did you mean " + uids.get(0), "Nothing was removed");
        assertThat(uids()).isEqualTo(uids);
        assertThat(Hox.run("remove", atlas, "--dataset-uid", "none like it").err())
                .contains("lists its 4 datasets");
        assertThat(Hox.run("remove", atlas).exitCode()).isEqualTo(2);
    }

    @Test
    void onlyWhatIsOldEnoughIsDeleted() throws IOException {
        Path store = atlas.resolve("zarr_store");
        Path old = leftover(store.resolve("old/rna-0a1b2c3d"), 30);
        Path young = leftover(store.resolve("young/rna-0a1b2c3d"), 1);
        Hox.Result listed = Hox.run("clean", atlas);
        assertThat(listed.exitCode()).as(listed.toString()).isZero();
        assertThat(listed.lines()).hasSize(3);
        assertThat(listed.lines().get(1))
                .contains("unused group", "old", "30 h", "2.0 KiB")
                .doesNotContain("young");
        assertThat(listed.lines().get(2)).contains("young", "60 min", "too young");
        assertThat(listed.err()).contains("1 of 2 are deleted by: hox clean " + atlas + " --delete");
        assertThat(old).exists();

        Hox.Result deleted = Hox.run("clean", atlas, "--delete");
        assertThat(deleted.err()).contains("deleted 1 of 2, 2.0 KiB");
        assertThat(old).doesNotExist();
        assertThat(young).exists();
        assertThat(Hox.run("clean", atlas, "--delete", "--older-than", "30m").err())
                .contains("deleted 1 of 1");
        assertThat(young).doesNotExist();
        assertThat(Hox.output("validate", atlas)).isEmpty();
        assertThat(Hox.run("clean", atlas, "--older-than", "soon").exitCode()).isEqualTo(2);
    }

    private static Path leftover(Path group, int hoursOld) throws IOException {
        Files.createDirectories(group);
        Files.write(group.resolve("0"), new byte[2048]);
        FileTime time = FileTime.from(Instant.now().minus(hoursOld, ChronoUnit.HOURS));
        try (Stream<Path> paths = Files.walk(group.getParent())) {
            for (Path path : (Iterable<Path>) paths::iterator) {
                Files.setLastModifiedTime(path, time);
            }
        }
        return group;
    }

    private long cells() {
        return Long.parseLong(Hox.output("count", atlas).strip());
    }

    private List<String> uids() {
        return Hox.output("info", atlas, "--format", "csv")
                .lines()
                .skip(1)
                .map(line -> line.split(",")[0])
                .toList();
    }
}
