package io.hox.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.hox.ingest.Disk;
import io.hox.testing.Directories;
import io.hox.testing.Shared;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.complex.StructVector;
import org.assertj.core.api.AbstractStringAssert;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What can't be read is explained in one line: no stack trace, no file left, nothing changed. */
class BadAtlasTest {
    @TempDir
    Path directory;

    private Path atlas;

    @BeforeEach
    void aSmallAtlas() throws IOException {
        atlas = Directories.copy(Shared.atlas("custom_space"), directory.resolve("atlas"));
    }

    @Test
    void placesThatAreNoAtlas() throws IOException {
        for (String command : List.of("count", "query", "versions", "info", "validate", "features", "optimize")) {
            failed(command, directory.resolve("nowhere")).contains("nowhere", "does not exist");
            failed(command, directory).contains("is not an atlas");
        }
        failed("count", atlas + "/zarr_store").contains("give its root");
        failed("count", "").contains("no path");
        failed("info", "").contains("empty");
        failed("count", "s4://bucket/atlas").contains("s4");
    }

    @Test
    void namesThatAreUnknown() throws IOException {
        failed("count", atlas, "--version", 7).contains("has no version 7", "0");
        failed("count", atlas, "--obs-table", "nuclei").contains("nuclei", "cells");
        failed("count", atlas, "--where", "tissue = 'lung'").contains("--where tissue = 'lung'", "kind");
        failed("count", atlas, "--where", "kind == = 3").contains("--where kind == = 3", "Syntax error");
        failed("count", atlas, "--group-by", "tissue").contains("tissue");
        failed("query", atlas, "--columns", "kind,tissue").contains("tissue", "kind");
        failed("query", atlas, "--out", out(), "--field", "rna").contains("rna", "long", "ln");
        failed("query", atlas, "--out", out()).contains("--field long", "--field ln");
        failed("query", atlas, "--out", out(), "--field", "long", "--layers", "counts")
                .contains("counts", "Unique");
        failed("query", atlas, "--out", out(), "--field", "long", "--features", "CD3D")
                .contains("CD3D");
        failed("query", atlas, "--out", out(), "--field", "long", "--features", "x", "--feature-key", "symbol")
                .contains("symbol");
        Path taken = Files.createDirectory(directory.resolve("taken.h5ad"));
        failed("query", atlas, "--out", taken).contains("directory");
    }

    @Test
    void aCorruptedShardIndex() throws IOException {
        Path shard = shard("csr/indices");
        try (RandomAccessFile file = new RandomAccessFile(shard.toFile(), "rw")) {
            file.seek(file.length() - 10);
            int old = file.read();
            file.seek(file.length() - 10);
            file.write(old ^ 0xFF);
        }

        matrixFailed().contains("csr/indices", "index");
    }

    @Test
    void aTruncatedShard() throws IOException {
        Path shard = shard("csr/layers/Unique");
        byte[] bytes = Files.readAllBytes(shard);
        Files.write(shard, Arrays.copyOf(bytes, bytes.length / 2));

        matrixFailed().contains("csr/layers/Unique");
    }

    @Test
    void aShardOfNothing() throws IOException {
        Files.write(shard("csr/indices"), new byte[0]);

        matrixFailed().contains("csr/indices");
    }

    @Test
    void aDamagedBitPackedChunk() throws IOException {
        Path shard = shard("csr/indices");
        byte[] bytes = Files.readAllBytes(shard);
        // The header of the first chunk: its number of elements.
        Arrays.fill(bytes, 0, 8, (byte) 0x7F);
        Files.write(shard, bytes);

        matrixFailed().contains("csr/indices");
    }

    @Test
    void anArrayDocumentThatIsNoJson() throws IOException {
        Files.writeString(shard("csr/indices").getParent().getParent().resolve("zarr.json"), "{\"zarr_format\": 3,");

        matrixFailed().contains("csr/indices");
    }

    @Test
    void aMissingArray() throws IOException {
        Path array = shard("csr/indices").getParent().getParent();
        try (var files = Files.walk(array)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.delete(file);
            }
        }

        matrixFailed().contains("k1/long", "index array");
    }

    @Test
    void pointersBeyondTheArray() {
        EditedTables tables = new EditedTables(atlas);
        tables.pin("obs_table_versions", "cells", tables.edit("cells", List.of("uid"), cells -> {
            StructVector pointers = (StructVector) cells.getVector("long");
            ((BigIntVector) pointers.getChild("end")).set(0, 1_000_000_000L);
        }));

        matrixFailed().contains("1000000000", "k1/long");
    }

    @Test
    void groupsOutsideTheStore() {
        EditedTables tables = new EditedTables(atlas);
        byte[] outside = "../long".getBytes(StandardCharsets.UTF_8);
        tables.pin("obs_table_versions", "cells", tables.edit("cells", List.of("uid"), cells -> {
            StructVector pointers = (StructVector) cells.getVector("long");
            ((VarCharVector) pointers.getChild("zarr_group")).set(0, outside);
        }));

        matrixFailed().contains("../long");
    }

    @Test
    void layoutsWithoutGlobalIndices() {
        EditedTables tables = new EditedTables(atlas);
        long edited = tables.edit(
                "_feature_layouts", List.of("layout_uid", "local_index"), layouts -> layouts.getVector("global_index")
                        .setNull(0));
        tables.pin("feature_layouts_table_version", null, edited);

        failed("query", atlas, "--out", out(), "--field", "long").contains("global_index", "hox optimize");
    }

    private AbstractStringAssert<?> matrixFailed() {
        return failed("query", atlas, "--out", out(), "--field", "long");
    }

    private AbstractStringAssert<?> failed(Object... command) {
        Map<String, Long> before = Disk.listing(directory);
        Hox.Result result = Hox.run(command);
        assertThat(result.exitCode()).as(result.toString()).isEqualTo(1);
        assertThat(result.out()).isEmpty();
        assertThat(result.err().lines()).as(result.err()).hasSize(1);
        assertThat(result.err()).startsWith("hox: ").doesNotContain("Exception", "unexpected", "\tat ", ".rs:");
        assertThat(Disk.listing(directory)).isEqualTo(before);
        return assertThat(result.err());
    }

    private Path out() {
        return directory.resolve("out.h5ad");
    }

    /** The first shard of an array of the sparse group. */
    private Path shard(String array) throws IOException {
        try (var files = Files.walk(atlas.resolve("zarr_store"))) {
            return files.filter(path -> path.toString().contains("/" + array + "/c/"))
                    .filter(Files::isRegularFile)
                    .sorted()
                    .findFirst()
                    .orElseThrow();
        }
    }
}
