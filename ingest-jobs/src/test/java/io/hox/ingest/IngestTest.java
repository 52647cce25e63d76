package io.hox.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.hox.cli.Hox;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class IngestTest extends IngestContract {
    @Override
    AtlasPlace place(Path directory) {
        return AtlasPlace.local(directory);
    }

    @Test
    void relativePathsAndFileUrisNameTheSameAtlas() {
        Path file = tiny("cells.h5ad", 1);
        create("--like", file);
        Path atlas = directory.resolve("atlas");
        Path relative = Path.of("").toAbsolutePath().relativize(atlas);

        Hox.output("ingest", "file://" + atlas, file);
        Hox.output("optimize", relative);
        Hox.output("snapshot", "file:" + atlas + "/");

        assertThat(Hox.output("count", relative)).isEqualToIgnoringNewLines("1");
        assertThat(Hox.output("count", atlas + "/lance_db")).isEqualToIgnoringNewLines("1");
        assertThat(Hox.output("count", "file://" + atlas)).isEqualToIgnoringNewLines("1");
    }
}
