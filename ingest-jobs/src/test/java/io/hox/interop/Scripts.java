package io.hox.interop;

import io.hox.testing.PythonEnvironment;
import io.hox.testing.Shared;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The Python side of these tests. */
final class Scripts {
    private static Path sources;

    private Scripts() {}

    static Path path(String script) {
        return Path.of("src/test/python").resolve(script).toAbsolutePath();
    }

    /** An h5ad file that make_sources.py writes; all are made with the first one. */
    static synchronized Path source(String name) {
        if (sources == null) {
            Path pbmc = Shared.data("pbmc3k_labelled_counts.h5ad");
            Path cite = Shared.data("citeseq_pbmc10k_200cells.h5ad");
            try {
                Path directory = Files.createTempDirectory("hox-sources");
                Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(directory)));
                PythonEnvironment.run(PythonEnvironment.homeobox(), path("make_sources.py"), directory, pbmc, cite);
                sources = directory;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return sources.resolve(name);
    }

    private static void delete(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Files.delete(file);
            }
            Files.delete(directory);
        } catch (IOException e) {
            System.err.println("could not delete " + directory + ": " + e.getMessage());
        }
    }
}
