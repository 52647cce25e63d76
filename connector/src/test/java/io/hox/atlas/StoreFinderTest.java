package io.hox.atlas;

import static org.assertj.core.api.Assertions.assertThat;

import io.hox.testing.Shared;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreFinderTest {
    @TempDir
    Path root;

    private String find(AtlasUri uri, String recorded) {
        return new StoreFinder(uri, Map.of()).find(recorded);
    }

    private Path store(String name) throws IOException {
        Path store = Files.createDirectories(root.resolve(name));
        Files.writeString(store.resolve("zarr.json"), "{}");
        return store;
    }

    @Test
    void aRecordedStoreCountsWhileItExists() throws IOException {
        AtlasUri uri = AtlasUri.resolve(root.resolve("atlas").toString(), null);
        Path elsewhere = store("elsewhere");

        assertThat(find(uri, "file://" + elsewhere)).isEqualTo(elsewhere.toString());
        assertThat(find(uri, elsewhere + "/")).isEqualTo(elsewhere.toString());
        assertThat(find(uri, "file://" + root.resolve("gone"))).isEqualTo(uri.store());
        assertThat(find(uri, "memory://")).isEqualTo(uri.store());
        assertThat(find(uri, "")).isEqualTo(uri.store());
        assertThat(find(uri, null)).isEqualTo(uri.store());
    }

    @Test
    void aStoreThatTheUserNamesWins() throws IOException {
        Path elsewhere = store("elsewhere");
        AtlasUri uri = AtlasUri.resolve(
                root.resolve("atlas").toString(), root.resolve("mine").toString());

        assertThat(find(uri, "file://" + elsewhere))
                .isEqualTo(root.resolve("mine").toString());
    }

    @Test
    void aNeighbourThatExistsIsTriedBeforeARemotePlace() throws IOException {
        store("atlas/zarr_store");
        AtlasUri uri = AtlasUri.resolve(root.resolve("atlas").toString(), null);

        assertThat(find(uri, "s3://a-bucket-that-was-renamed/atlas")).isEqualTo(uri.store());
    }

    @Test
    void aRemoteTableDoesNotDecideAboutLocalDirectories() throws IOException {
        Path local = store("private");
        AtlasUri uri = AtlasUri.resolve("s3://bucket/atlas", null);

        assertThat(find(uri, "file://" + local)).isEqualTo("s3://bucket/atlas/zarr_store");
    }

    @Test
    void movedAtlasesOfTheFirstGenerationAreRead() {
        try (AtlasView view = FixtureAtlases.view("g1_lancell", 1)) {
            assertThat(view.snapshot().uri().store())
                    .isEqualTo(Shared.atlas("g1_lancell").resolve("zarr_store").toString());
            assertThat(view.layers(view.space("gene_expression"), "d6_gene_expression"))
                    .containsExactly("counts");
        }
    }
}
