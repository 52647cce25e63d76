package io.hox.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Finds a Python 3 of certain minor versions that can make virtual environments. */
final class PythonInterpreters {
    private static final String PROBE = "import sys, venv, ensurepip; print(sys.version_info[0], sys.version_info[1])";

    private PythonInterpreters() {}

    /**
     * The first usable interpreter: {@code python3.<minor>} on the path in the order of {@code minors}, then
     * {@code python3}, then those that pyenv keeps; null when there is none.
     */
    static Path find(int... minors) {
        List<String> candidates = new ArrayList<>();
        for (int minor : minors) {
            candidates.add("python3." + minor);
        }
        candidates.add("python3");
        for (int minor : minors) {
            candidates.addAll(ofPyenv(minor));
        }
        for (String candidate : candidates) {
            if (suits(candidate, minors)) {
                return Path.of(candidate);
            }
        }
        return null;
    }

    private static boolean suits(String candidate, int[] minors) {
        ProcessOutput probe = ProcessOutput.of(List.of(candidate, "-c", PROBE));
        if (probe.exitCode() != 0) {
            return false;
        }
        for (int minor : minors) {
            if (probe.output().strip().equals("3 " + minor)) {
                return true;
            }
        }
        return false;
    }

    private static List<String> ofPyenv(int minor) {
        Path versions = Path.of(System.getProperty("user.home"), ".pyenv", "versions");
        if (!Files.isDirectory(versions)) {
            return List.of();
        }
        try (Stream<Path> installed = Files.list(versions)) {
            return installed
                    .filter(version -> version.getFileName().toString().startsWith("3." + minor + "."))
                    .map(version -> version.resolve("bin").resolve("python").toString())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
