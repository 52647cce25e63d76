package io.hox.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The kernels in the sources are what the generator beside them writes: nobody mends the one and forgets the other. */
class GeneratedKernelsTest {

    @Test
    void sourcesAreWhatTheGeneratorWrites(@TempDir Path fresh) throws IOException, InterruptedException {
        Process generator = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "src/codegen/GenerateBlockKernels.java",
                        fresh.toString())
                .inheritIO()
                .start();
        assertThat(generator.waitFor()).isZero();
        for (String name : new String[] {"UnpackKernels.java", "PackKernels.java", "SumKernels.java"}) {
            assertThat(Path.of("src/main/java/io/hox/codec", name))
                    .content()
                    .isEqualToIgnoringWhitespace(Files.readString(fresh.resolve(name)));
        }
    }
}
