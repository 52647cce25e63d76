package io.hox.atlas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hox.HoxException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AtlasUriTest {
    @TempDir
    Path root;

    @ParameterizedTest
    @CsvSource({
        "s3://bucket/atlas, s3://bucket/atlas/lance_db, s3://bucket/atlas/zarr_store",
        "s3://bucket/atlas/, s3://bucket/atlas/lance_db, s3://bucket/atlas/zarr_store",
        "s3://bucket/atlas/lance_db/, s3://bucket/atlas/lance_db, s3://bucket/atlas/zarr_store",
        "s3a://bucket/atlas, s3://bucket/atlas/lance_db, s3://bucket/atlas/zarr_store",
        "s3://bucket, s3://bucket/lance_db, s3://bucket/zarr_store",
        "gs://bucket/a b, gs://bucket/a b/lance_db, gs://bucket/a b/zarr_store",
        "az://container/atlas, az://container/atlas/lance_db, az://container/atlas/zarr_store",
        "/no/such/atlas, /no/such/atlas/lance_db, /no/such/atlas/zarr_store",
        "/no/such/../atlas/lance_db, /no/atlas/lance_db, /no/atlas/zarr_store",
        "file:///no/such/atlas, /no/such/atlas/lance_db, /no/such/atlas/zarr_store",
        "file:/no/such/50%25, /no/such/50%25/lance_db, /no/such/50%25/zarr_store",
        "/, /lance_db, /zarr_store"
    })
    void theDatabaseAndTheStoreAreNeighbours(String path, String database, String store) {
        assertThat(AtlasUri.resolve(path, null)).isEqualTo(new AtlasUri(database, store));
    }

    @Test
    void relativePathsBecomeAbsolute() {
        assertThat(AtlasUri.resolve("my/atlas", "").database())
                .isEqualTo(Path.of("my/atlas/lance_db").toAbsolutePath().toString());
    }

    @Test
    void theStoreMayBeAnywhere() {
        assertThat(AtlasUri.resolve("s3://bucket/atlas", "hdfs://namenode/store/")
                        .store())
                .isEqualTo("hdfs://namenode/store");
    }

    @Test
    void aDirectoryOfTablesIsADatabaseWhateverItsName() throws IOException {
        Path database = root.resolve("my_cells");
        Files.createDirectories(database.resolve("cells.lance"));

        AtlasUri uri = AtlasUri.resolve(database.toString(), null);

        assertThat(uri.database()).isEqualTo(database.toString());
        assertThat(uri.store()).isEqualTo(root.resolve("zarr_store").toString());
        assertThat(uri.root()).isEqualTo(database.toString());
    }

    @Test
    void anAtlasRootMayHoldTablesOfItsOwn() throws IOException {
        Files.createDirectories(root.resolve("lance_db"));
        Files.createDirectories(root.resolve("other.lance"));

        assertThat(AtlasUri.resolve(root.toString(), null).database())
                .isEqualTo(root.resolve("lance_db").toString());
        assertThat(AtlasUri.resolve(root.toString(), null).root()).isEqualTo(root.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "file:relative", "file://", "\0"})
    void nonsenseIsRefused(String path) {
        assertThatThrownBy(() -> AtlasUri.resolve(path, null)).isInstanceOf(HoxException.class);
    }
}
