package io.hox.cli;

import io.hox.HoxException;
import io.hox.h5ad.H5adWriter;
import io.hox.ingest.demo.SyntheticCells;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.apache.commons.io.FileUtils;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code hox demo}: everything once, on generated data. */
@Command(
        name = "demo",
        description =
                "Make two datasets of blood cells with different gene panels, ingest them into an atlas and query it."
                        + " Takes less than a minute.",
        footer = {"", "Examples:", "  hox demo", "  hox demo /tmp/my_demo --seed 7"})
final class DemoCommand implements Runnable {
    private static final String MARKER = ".hox-demo";

    @ParentCommand
    private HoxCommand root;

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "DIRECTORY",
            description = "Where to put files and atlas; an earlier demo there is replaced. Default: ${DEFAULT-VALUE}.",
            defaultValue = "hox-demo")
    private Path directory;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Other cells; default: ${DEFAULT-VALUE}.",
            defaultValue = "1")
    private long seed;

    @Override
    public void run() {
        long began = System.nanoTime();
        prepareDirectory();
        Path first = directory.resolve("first.h5ad");
        Path second = directory.resolve("second.h5ad");
        DemoTour.heading("Two datasets of blood cells with different gene panels");
        write(SyntheticCells.first(seed), first);
        write(SyntheticCells.second(seed), second);
        try (CommandSession session = CommandSession.open("demo", root.debug)) {
            new DemoTour(session.spark(), directory.resolve("atlas").toString(), first, second).run();
        }
        System.out.printf(
                Locale.ROOT,
                "%nDone in %.0f s. Look around:%n  hox info %s%n  hox query %s --limit 5%n",
                (System.nanoTime() - began) / 1e9,
                directory.resolve("atlas"),
                directory.resolve("atlas"));
    }

    private static void write(SyntheticCells cells, Path file) {
        long entries = cells.write(file, H5adWriter.DEFAULT_LEVEL);
        System.out.printf(
                Locale.ROOT, "%s: %,d cells x %,d genes, %,d counts%n", file, cells.cells(), cells.genes(), entries);
    }

    /** Only what an earlier demo made is ever deleted. */
    private void prepareDirectory() {
        try {
            if (Files.exists(directory)) {
                if (!Files.exists(directory.resolve(MARKER))) {
                    throw new HoxException(
                            directory + " exists and was not made by 'hox demo'; name another directory");
                }
                FileUtils.deleteDirectory(directory.toFile());
            }
            Files.createDirectories(directory);
            Files.createFile(directory.resolve(MARKER));
        } catch (IOException e) {
            throw new HoxException("cannot prepare the directory " + directory + ": " + e.getMessage(), e);
        }
    }
}
