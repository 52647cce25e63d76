package io.hox.atlas;

import static io.hox.atlas.MadeTables.row;
import static io.hox.atlas.MadeTables.version;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hox.HoxException;
import io.hox.testing.Shared;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotsTest {
    @TempDir
    Path root;

    private Atlas open() {
        return Atlas.open(AtlasUri.resolve(root.toString(), null), Map.of());
    }

    @Test
    void anUnknownVersionNamesTheExistingOnes() {
        try (Atlas atlas = FixtureAtlases.open("pbmc_two_datasets")) {
            assertThatThrownBy(() -> atlas.snapshot(99))
                    .isInstanceOf(HoxException.class)
                    .hasMessageContaining("no version 99")
                    .hasMessageEndingWith("its versions are: 0, 1");
        }
    }

    @Test
    void anAtlasWithoutSnapshotNamesTheRemedy() {
        new MadeTables(root).versions();

        try (Atlas atlas = open()) {
            assertThat(atlas.snapshots()).isEmpty();
            assertThatThrownBy(atlas::latestSnapshot)
                    .isInstanceOf(HoxException.class)
                    .hasMessageContaining("hox snapshot " + root);
            assertThatThrownBy(() -> atlas.snapshot(0)).hasMessageContaining("hox snapshot " + root);
        }
    }

    @Test
    void theFirstOfEqualVersionNumbersCounts() {
        new MadeTables(root).versions(1, 0, 1);

        try (Atlas atlas = open()) {
            assertThat(atlas.snapshots()).extracting(Snapshot::version).containsExactly(0L, 1L);
            assertThat(atlas.latestSnapshot().createdAt()).isEqualTo("row 0");
        }
    }

    @Test
    void theVersionTableMayHaveAnyName() {
        new MadeTables(root).versionTable("releases", version(3, "{\"b\": 2, \"a\": 7}", "now"));
        AtlasUri uri = AtlasUri.resolve(root.toString(), null);

        assertThatThrownBy(this::open)
                .isInstanceOf(HoxException.class)
                .hasMessageContaining("no version table 'atlas_versions'")
                .hasMessageContaining("releases");
        try (Atlas atlas = Atlas.open(uri, Map.of(), FeatureSpaces.none(), "releases")) {
            assertThat(atlas.latestSnapshot().obsTables()).containsExactly(Map.entry("b", 2L), Map.entry("a", 7L));
        }
    }

    @Test
    void aTableOfOtherColumnsIsNoVersionTable() {
        new MadeTables(root).table("atlas_versions", "version note", row(1L, "x"));

        try (Atlas atlas = open()) {
            assertThatThrownBy(atlas::snapshots)
                    .isInstanceOf(HoxException.class)
                    .hasMessageContaining("obs_table_versions")
                    .hasMessageContaining("cell_table_name");
        }
    }

    @Test
    void aBrokenRecordNamesItsRowAndColumn() {
        new MadeTables(root)
                .versionTable("atlas_versions", version(0, "{\"cells\": 2}", "x"), version(1, "{\"cells\": 0}", "x"));

        try (Atlas atlas = open()) {
            assertThatThrownBy(atlas::snapshots)
                    .isInstanceOf(HoxException.class)
                    .hasMessageContaining("row 1")
                    .hasMessageContaining("obs_table_versions")
                    .hasMessageContaining("versions start at 1");
        }
    }

    @Test
    void aVersionThatWasPrunedIsReported() {
        MadeTables made = new MadeTables(root);
        made.table("cells", "uid", row("c1"));
        made.versionTable("atlas_versions", version(0, "{\"cells\": 40}", "x"));

        try (Atlas atlas = open();
                AtlasView view = atlas.view(atlas.latestSnapshot())) {
            assertThatThrownBy(() -> view.obs(null))
                    .isInstanceOf(HoxException.class)
                    .hasMessageContaining("version 40")
                    .hasMessageContaining("pruned");
        }
    }

    @Test
    void amongSeveralObsTablesOneMustBeNamed() {
        try (AtlasView view = FixtureAtlases.view("multimodal", 0)) {
            assertThatThrownBy(() -> view.obs(null))
                    .isInstanceOf(HoxException.class)
                    .hasMessageContaining("2 obs tables (cells, nuclei)");
            assertThatThrownBy(() -> view.obs("cell"))
                    .isInstanceOf(HoxException.class)
                    .hasMessageContaining("cells, nuclei");
            assertThat(view.obs("nuclei").countRows(null)).isEqualTo(15);
            assertThatThrownBy(() -> view.pointer("cells", "rna"))
                    .isInstanceOf(HoxException.class)
                    .hasMessageContaining("gene_expression (gene_expression), protein (protein_abundance)");
        }
    }

    @Test
    void aSnapshotTravelsToAnotherProcess() throws Exception {
        try (Atlas atlas = FixtureAtlases.open("custom_space")) {
            Snapshot snapshot = atlas.latestSnapshot();
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
                out.writeObject(snapshot);
                out.writeObject(FeatureSpaces.builtIn());
            }
            try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
                assertThat(in.readObject()).isEqualTo(snapshot);
                assertThat(((FeatureSpaces) in.readObject())
                                .find("gene_expression")
                                .indicesPath())
                        .isEqualTo("csr/indices");
            }
        }
    }

    @Test
    void aMissingPathIsReported() {
        Path missing = root.resolve("nowhere");

        assertThatThrownBy(() -> Atlas.open(AtlasUri.resolve(missing.toString(), null), Map.of()))
                .isInstanceOf(HoxException.class)
                .hasMessageContaining("no atlas at " + missing)
                .hasMessageContaining("does not exist");
        assertThat(missing).doesNotExist();
    }

    @Test
    void aDirectoryWithoutTablesIsNoAtlas() throws IOException {
        Files.writeString(root.resolve("cells.csv"), "uid");

        assertThatThrownBy(this::open)
                .isInstanceOf(HoxException.class)
                .hasMessageContaining(root + " is not an atlas")
                .hasMessageContaining("hox create");
    }

    @Test
    void theStoreOfAnAtlasIsNoAtlas() {
        Path atlas = Shared.atlas("custom_space");

        assertThatThrownBy(() ->
                        Atlas.open(AtlasUri.resolve(atlas.resolve("zarr_store").toString(), null), Map.of()))
                .isInstanceOf(HoxException.class)
                .hasMessageContaining("give its root " + atlas);
    }

    @Test
    void lancellDatabasesMayHaveAnyName() throws IOException {
        Path database = Files.createSymbolicLink(
                root.resolve("my_cells"), Shared.atlas("g1_lancell").resolve("lance_db"));

        try (Atlas atlas = Atlas.open(AtlasUri.resolve(database.toString(), null), Map.of());
                AtlasView view = atlas.view(atlas.latestSnapshot())) {
            assertThat(view.snapshot().uri().store())
                    .isEqualTo(root.resolve("zarr_store").toString());
            assertThat(view.obs(null).countRows(null)).isEqualTo(320);
        }
    }

    @Test
    void lanceCannotReadFromHadoopsOwnFileSystem() {
        assertThatThrownBy(() -> Atlas.open(AtlasUri.resolve("hdfs://namenode/atlas", null), Map.of()))
                .isInstanceOf(HoxException.class)
                .hasMessageContaining("hdfs://namenode/atlas/lance_db");
    }
}
