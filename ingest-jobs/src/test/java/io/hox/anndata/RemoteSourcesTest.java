package io.hox.anndata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hox.HoxException;
import io.hox.source.Source;
import io.hox.source.SourceLocation;
import io.hox.source.SourceRef;
import io.hox.store.ObjectStore;
import io.hox.testing.S3Server;
import io.hox.testing.Shared;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Files in object storage are read where they lie. */
class RemoteSourcesTest {
    private static final String NAME = "pbmc3k_raw.h5ad";

    private final S3Server server = S3Server.running();
    private final String bucket = server.bucket();
    private final String uri = "s3a://" + bucket + "/" + NAME;
    private Path original;

    @BeforeEach
    void upload() throws IOException {
        original = Shared.data(NAME);
        ObjectStore.open("s3a://" + bucket, server.options()).write(NAME, Files.readAllBytes(original));
    }

    private AnnData open(String remote) {
        Source source = new H5adFormat().open(new SourceRef("h5ad", remote, ""), server.options());
        return (AnnData) source;
    }

    @Test
    void holdsWhatTheLocalFileHolds() {
        try (AnnData local = H5adFiles.open(original);
                AnnData remote = open(uri)) {
            assertThat(remote.name()).isEqualTo(uri);
            assertThat(Digests.of(remote)).isEqualTo(Digests.of(local));
        }
    }

    @Test
    void asksForFewBlocksToSeeItsStructure() {
        Map<String, String> options = server.options();
        server.requests().clear();
        try (Source source = new H5adFormat().open(new SourceRef("h5ad", uri, ""), options)) {
            assertThat(source.obs().rows()).isEqualTo(2_700);
            assertThat(source.modalities().get(0).matrix("X").entries()).isEqualTo(2_286_884);
        }
        assertThat(server.requests().keys())
                .as("two for the size, the others for the blocks of 1 MiB that have metadata, of a file of 8")
                .hasSizeLessThanOrEqualTo(7)
                .allMatch(NAME::equals);
    }

    @Test
    void readsOnlyWhatAFewRowsNeed() {
        server.requests().clear();
        try (AnnData remote = open(uri)) {
            long[] entries = {0};
            remote.matrix("X").forEachRowBlock(1_000, 1_010, 1 << 20, block -> entries[0] += block.entries());
            assertThat(entries[0]).isPositive();
        }
        assertThat(server.requests().keys()).hasSizeLessThanOrEqualTo(10);
    }

    @Test
    void readsZarrDirectoriesWithoutAskingForAChunkTwice() throws IOException {
        server.upload(Shared.data("neurons_mouse_10k.zarr"), bucket, "neurons.zarr");
        try (AnnData remote = zarr("neurons.zarr")) {
            server.requests().clear();
            for (int from = 0; from < 10_000; from += 100) {
                assertThat(remote.obs().rows(from, from + 100).index()).hasSize(100);
            }
            assertThat(server.requests().keys().stream().filter(key -> key.startsWith("neurons.zarr/obs/index/")))
                    .isNotEmpty()
                    // A question for the size and one for the content.
                    .allSatisfy(
                            key -> assertThat(server.requests().keys().stream().filter(key::equals))
                                    .hasSizeLessThanOrEqualTo(2));
            long[] entries = {0};
            remote.matrix("layers/CSR_X").forEachRowBlock(1 << 20, block -> entries[0] += block.entries());
            assertThat(entries[0]).isEqualTo(691_914);
        }
    }

    @Test
    void readsZipArchivesWhereTheyLie() throws IOException {
        Path archive = Shared.data("pbmc68k_reduced.zarr.zip");
        ObjectStore.open("s3a://" + bucket, server.options()).write("pbmc.zarr.zip", Files.readAllBytes(archive));
        try (AnnData local = ZarrFormat.open(SourceLocation.of(archive.toString(), Map.of()));
                AnnData remote = zarr("pbmc.zarr.zip")) {
            assertThat(Digests.of(remote)).isEqualTo(Digests.of(local));
        }
    }

    private AnnData zarr(String key) {
        return ZarrFormat.open(SourceLocation.of("s3a://" + bucket + "/" + key, server.options()));
    }

    @Test
    void refusesWhatIsNotThere() {
        assertThatThrownBy(() -> open("s3a://" + bucket + "/absent.h5ad"))
                .isInstanceOf(HoxException.class)
                .hasMessageContaining("There is no file or directory s3a://" + bucket + "/absent.h5ad");
    }
}
