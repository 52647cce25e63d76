package io.hox.tenx;

import static org.assertj.core.api.Assertions.assertThat;

import io.hox.ingest.Sources;
import io.hox.source.Source;
import io.hox.source.SourceLocation;
import io.hox.source.SourceRef;
import io.hox.store.ObjectStore;
import io.hox.testing.Directories;
import io.hox.testing.S3Server;
import io.hox.testing.Shared;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Files in object storage are read where they lie. */
class RemoteTenxTest {
    private final S3Server server = S3Server.running();
    private final String bucket = "s3a://" + server.bucket();

    @Test
    void directoriesAndFilesHoldWhatTheLocalOnesHold() throws IOException {
        for (String name : List.of(
                "10x_small/3.0.0/filtered_feature_bc_matrix.h5",
                "10x_small/1.2.0/filtered_gene_bc_matrices/hg19_chr21",
                "pbmc3k_10x_mtx")) {
            Path original = Shared.data(name);
            String uri = upload(original);
            List<SourceRef> refs = Sources.datasets(SourceLocation.of(uri, server.options()));

            try (Source remote = Sources.open(refs.get(0), server.options());
                    Source local = Tenx.open(original)) {
                assertThat(remote.name()).isEqualTo(uri);
                assertThat(remote.obs().index()).isEqualTo(local.obs().index());
                assertThat(Tenx.rows(remote.modalities().get(0).matrix("X")))
                        .isEqualTo(Tenx.rows(local.modalities().get(0).matrix("X")));
            }
        }
    }

    private String upload(Path original) throws IOException {
        String name = original.getFileName().toString();
        ObjectStore store = ObjectStore.open(bucket, server.options());
        if (Files.isRegularFile(original)) {
            store.write(name, Files.readAllBytes(original));
            return bucket + "/" + name;
        }
        for (String file : Directories.files(original)) {
            store.write(name + "/" + file, Files.readAllBytes(original.resolve(file)));
        }
        return bucket + "/" + name;
    }
}
