package io.hox.inputs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hox.HoxException;
import io.hox.source.SourceRef;
import io.hox.testing.S3Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InputFinderTest {
    private static final String[] FILES = {
        "a1.h5ad",
        "a2.h5ad",
        "b.h5ad",
        "notes.txt",
        "deep/er/c.h5ad",
        ".hidden/d.h5ad",
        "we ird/[x].h5ad",
        "none/readme.md"
    };

    @TempDir
    Path directory;

    @BeforeEach
    void makeFiles() throws IOException {
        for (String name : FILES) {
            Path file = directory.resolve(name);
            Files.createDirectories(file.getParent());
            Files.write(file, new byte[] {(byte) 0x89, 'H', 'D', 'F', '\r', '\n', 0x1a, '\n'});
        }
    }

    @Test
    void aFileIsItself() {
        assertThat(found("b.h5ad")).containsExactly("b.h5ad");
    }

    @Test
    void patternsMatchInEveryPartOfAPath() {
        assertThat(found("a*.h5ad")).containsExactly("a1.h5ad", "a2.h5ad");
        assertThat(found("?[12].h5ad")).containsExactly("a1.h5ad", "a2.h5ad");
        assertThat(found("{b,a2}.h5ad")).containsExactly("a2.h5ad", "b.h5ad");
        assertThat(found("d*/*/*.h5ad")).containsExactly("deep/er/c.h5ad");
    }

    @Test
    void aNameThatLooksLikeAPatternIsTakenLiterallyWhereItExists() {
        assertThat(found("we ird/[x].h5ad")).containsExactly("we ird/[x].h5ad");
    }

    @Test
    void aDirectoryIsSearchedWithoutHiddenOnes() {
        assertThat(found("")).containsExactly("a1.h5ad", "a2.h5ad", "b.h5ad", "deep/er/c.h5ad", "we ird/[x].h5ad");
    }

    @Test
    void whatIsFoundTwiceIsTakenOnce() {
        assertThat(found("b.h5ad", "*.h5ad")).containsExactly("b.h5ad", "a1.h5ad", "a2.h5ad");
    }

    @Test
    void filesOfOtherKindsAreReported() {
        InputFinder finder = new InputFinder(path -> Map.of());
        finder.add(directory.toString());

        assertThat(finder.ignored()).contains("2 files of other kinds").contains("notes.txt", "readme.md");
    }

    @Test
    void nothingIsAnError() {
        assertRefused("x*.h5ad", "nothing matches");
        assertRefused("x.h5ad", "no file or directory");
        assertRefused("none", "holds nothing that can be ingested", "h5ad");
        assertRefused("notes.txt", "of no format that can be ingested", "h5ad");
        assertRefused("[.h5ad", "no valid pattern");
    }

    @Test
    void bucketsAreSearchedInTheSameWay() throws IOException {
        S3Server server = S3Server.running();
        String bucket = server.bucket();
        server.upload(directory, bucket, "in");
        InputFinder finder = new InputFinder(path -> server.options());
        finder.add("s3a://" + bucket + "/in/a*.h5ad");
        finder.add("s3a://" + bucket + "/in/deep/");

        assertThat(finder.found())
                .extracting(SourceRef::uri)
                .containsExactly(
                        "s3a://" + bucket + "/in/a1.h5ad",
                        "s3a://" + bucket + "/in/a2.h5ad",
                        "s3a://" + bucket + "/in/deep/er/c.h5ad");
    }

    private void assertRefused(String path, String... parts) {
        assertThatThrownBy(() -> found(path))
                .isInstanceOf(HoxException.class)
                .message()
                .contains(path)
                .contains(parts);
    }

    private List<String> found(String... paths) {
        InputFinder finder = new InputFinder(path -> Map.of());
        for (String path : paths) {
            finder.add(directory + "/" + path);
        }
        int prefix = directory.toString().length() + 1;
        return finder.found().stream().map(ref -> ref.uri().substring(prefix)).toList();
    }
}
