package io.hox.mtx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hox.HoxException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpillTest {
    private static final int MANY = 10_000;

    @TempDir
    Path directory;

    @Test
    void eachRangeComesBackInTheOrderInWhichItWasFilled() {
        try (Spill spill = new Spill(source(), 3, directory)) {
            for (int i = 0; i < MANY; i++) {
                spill.add(i % 2, i, MANY - i, -i);
            }
            for (int range = 0; range < 2; range++) {
                Spill.Entries entries = spill.read(range);
                assertThat(entries.cells()).hasSize(MANY / 2);
                for (int i = 0; i < MANY / 2; i++) {
                    int added = 2 * i + range;
                    assertThat(entries.cells()[i]).isEqualTo(added);
                    assertThat(entries.features()[i]).isEqualTo(MANY - added);
                    assertThat(entries.bits()[i]).isEqualTo(-added);
                }
            }
            assertThat(spill.read(2).cells()).isEmpty();
        }
    }

    @Test
    void nothingOfItCanBeLeftBehind() throws IOException {
        try (Spill spill = new Spill(source(), 1, directory);
                Stream<Path> files = Files.list(directory)) {
            for (int i = 0; i < MANY; i++) {
                spill.add(0, i, i, i);
            }
            assertThat(files).isEmpty();
        }
    }

    @Test
    void aPlaceWhereItCannotBeIsNamed() {
        Path absent = directory.resolve("absent");

        assertThatThrownBy(() -> new Spill(source(), 1, absent))
                .isInstanceOf(HoxException.class)
                .hasMessageContaining("some.mtx has its entries in another order than its cells")
                .hasMessageContaining(absent + " failed: there is no such directory")
                .hasMessageContaining("-Djava.io.tmpdir=DIR");
    }

    private TextFile source() {
        return new TextFile(directory.toString(), "some.mtx", Map.of());
    }
}
