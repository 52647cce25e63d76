package io.hox.ingest;

import static io.hox.ingest.MadeH5ad.row;
import static org.assertj.core.api.Assertions.assertThat;

import io.hox.cli.Anndata;
import io.hox.cli.Hox;
import io.hox.testing.FaultyS3;
import io.hox.testing.FaultyS3.Fault;
import io.hox.testing.S3Server;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The life of an atlas in object storage, command by command. */
@Timeout(120)
class S3AtlasTest {
    private final S3Server server = S3Server.running();
    private final String bucket = server.bucket();
    private final String atlas = "s3a://" + bucket + "/lab/atlas";
    private final List<String> printed = new ArrayList<>();

    @TempDir
    Path directory;

    @BeforeEach
    void configure() {
        AtlasPlace.configure(server.options());
    }

    @AfterEach
    void forget() {
        AtlasPlace.forget(server.options());
    }

    @Test
    void fromFilesToAQueryAndOn() {
        Path first = MadeH5ad.of(2, 3)
                .obs("cell_type", "T", "B")
                .x(row(0, 1, 2), row(5, 0, 0))
                .write(directory.resolve("first.h5ad"));
        Path second = MadeH5ad.of(1, 2)
                .cells("d0")
                .features("g2", "h")
                .obs("cell_type", "T")
                .x(row(7, 9))
                .write(directory.resolve("second.h5ad"));

        hox("create", atlas, "--like", first);
        assertThat(hox("ingest", atlas, first, second)).contains("ingested");
        assertThat(server.pendingUploads(bucket)).isEmpty();
        assertThat(hox("ingest", atlas, first)).contains("already there");
        hox("optimize", atlas);
        hox("snapshot", atlas);
        hox("validate", atlas);

        assertThat(hox("count", atlas)).isEqualToIgnoringNewLines("3");
        assertThat(hox("count", atlas, "--where", "cell_type = 'T'")).isEqualToIgnoringNewLines("2");
        assertThat(hox("versions", atlas)).contains("cells");
        assertThat(hox("info", atlas)).contains("gene_expression");
        Path out = directory.resolve("out.h5ad");
        hox("query", atlas, "--where", "cell_type = 'T'", "--out", out);
        Anndata read = Anndata.read(out);
        assertThat(read.obs().get("obs_name")).containsExactlyInAnyOrder("c0", "d0");
        assertThat(read.varNames()).containsExactlyInAnyOrder("g0", "g1", "g2", "h");

        assertThat(printed)
                .isNotEmpty()
                .noneMatch(text -> text.contains(S3Server.SECRET_KEY) || text.contains(S3Server.ACCESS_KEY));
    }

    @Test
    void aBadWayToTheServerChangesNothing() {
        Path file = MadeH5ad.of(2, 3).x(row(0, 1, 2), row(5, 0, 0)).write(directory.resolve("cells.h5ad"));
        try (FaultyS3 way = FaultyS3.to(server).failing(9, Fault.SLOW_DOWN, Fault.INTERNAL_ERROR, Fault.RESET)) {
            AtlasPlace.configure(way.options());
            hox("create", atlas, "--like", file);
            assertThat(hox("ingest", atlas, file)).contains("ingested");
            hox("snapshot", atlas);
            hox("validate", atlas);
            assertThat(hox("count", atlas)).isEqualToIgnoringNewLines("2");
            assertThat(way.faults()).isGreaterThan(10);
        }
    }

    @Test
    void aWrongKeyIsOneLine() {
        AtlasPlace.configure(server.options(S3Server.ACCESS_KEY, "frotz-wrong"));

        Hox.Result result = Hox.run("count", atlas);

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err()).contains(bucket, "access was denied").doesNotContain("frotz-wrong");
        assertThat(result.err().lines()).hasSize(1);
    }

    private String hox(Object... arguments) {
        Hox.Result result = Hox.run(arguments);
        printed.add(result.toString());
        assertThat(result.exitCode()).as(result.toString()).isZero();
        return result.out();
    }
}
