package io.hox.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ReadmeTest {
    private static final String BEGIN = "<!-- options: generated from HoxOptions, checked by a test -->\n";
    private static final String END = "<!-- end of options -->";

    @Test
    void theOptionsTableIsTheOneOfTheCode() throws IOException {
        String readme = Files.readString(Path.of(System.getProperty("hox.root"), "README.md"));

        String table = readme.substring(readme.indexOf(BEGIN) + BEGIN.length(), readme.indexOf(END));

        assertThat(table)
                .as("copy HoxOptions.markdownTable() between the two comments of README.md")
                .isEqualTo(HoxOptions.markdownTable());
    }
}
