package io.hox.cli;

import io.hox.HoxException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Feature names as a user gives them: separated by commas, or {@code @FILE} with one a line. */
final class FeatureList {
    private FeatureList() {}

    static List<String> parse(String text) {
        List<String> names = text.startsWith("@") ? lines(Path.of(text.substring(1))) : ReadArguments.names(text);
        if (names.isEmpty()) {
            throw new HoxException("--features " + text + " names no feature");
        }
        return names;
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file).stream()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .toList();
        } catch (IOException e) {
            throw new HoxException("cannot read the list of features " + file + ": " + e.getMessage(), e);
        }
    }
}
