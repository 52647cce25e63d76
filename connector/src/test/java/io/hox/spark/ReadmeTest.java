package io.hox.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ReadmeTest {
    @Test
    void theOptionsOfAReadAreThoseOfTheCode() throws IOException {
        assertThat(table("options: generated from HoxOptions, checked by a test", "end of options"))
                .as("copy HoxOptions.markdownTable() between the two comments of README.md")
                .isEqualTo(HoxOptions.markdownTable());
    }

    @Test
    void theOptionsOfAWriteAreThoseOfTheCode() throws IOException {
        assertThat(table("options of a write: generated from WriteOptions, checked by a test", "end of these options"))
                .as("copy WriteOptions.markdownTable() between the two comments of README.md")
                .isEqualTo(WriteOptions.markdownTable());
    }

    private static String table(String from, String to) throws IOException {
        String readme = Files.readString(Path.of(System.getProperty("hox.root"), "README.md"));
        String begin = "<!-- " + from + " -->\n";
        assertThat(readme).contains(begin, "<!-- " + to + " -->");
        return readme.substring(readme.indexOf(begin) + begin.length(), readme.indexOf("<!-- " + to + " -->"));
    }
}
