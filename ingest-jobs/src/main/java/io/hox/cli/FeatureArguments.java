package io.hox.cli;

import io.hox.HoxException;
import io.hox.atlas.Registry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** Which features a command is about: separated by commas, or {@code @FILE} with one a line. */
final class FeatureArguments {
    @Option(
            names = "--features",
            paramLabel = "A,B|@FILE",
            description = "Only these features, separated by commas or one a line in a file.")
    private String features;

    @Option(
            names = "--feature-key",
            paramLabel = "COLUMN",
            description = "The registry column that --features are values of; default: uid.")
    private String key = "uid";

    /** Whether features are named at all. */
    boolean given() {
        return features != null;
    }

    /** The registry column that the names are values of. */
    String key() {
        return key;
    }

    /** The names as typed. */
    List<String> names() {
        List<String> names =
                features.startsWith("@") ? lines(Path.of(features.substring(1))) : ReadArguments.names(features);
        if (names.isEmpty()) {
            throw new HoxException("--features " + features + " names no feature");
        }
        return names;
    }

    /** The global indices of the named features, ascending. */
    int[] globalIndices(Registry registry) {
        return registry.globalIndices(names(), key);
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
