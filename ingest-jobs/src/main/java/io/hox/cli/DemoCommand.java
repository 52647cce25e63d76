package io.hox.cli;

import io.hox.HoxException;
import io.hox.h5ad.CsrSink;
import io.hox.h5ad.H5adWriter;
import io.hox.ingest.demo.SyntheticCells;
import io.hox.zarr.DataType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.Stream;
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
    private static final int BLOCK_ENTRIES = 1 << 20;

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
        long[] entries = {0};
        try (H5adWriter writer = H5adWriter.create(file)) {
            writer.obs(cells.obs());
            writer.var(cells.var());
            try (CsrSink x = writer.csr("X", DataType.FLOAT32)) {
                cells.forEachRowBlock(BLOCK_ENTRIES, block -> {
                    x.append(block);
                    entries[0] += block.entries();
                });
            }
            writer.finish();
        }
        System.out.printf(
                Locale.ROOT, "%s: %,d cells x %,d genes, %,d counts%n", file, cells.cells(), cells.genes(), entries[0]);
    }

    /** Only what an earlier demo made is ever deleted. */
    private void prepareDirectory() {
        try {
            if (Files.exists(directory)) {
                if (!Files.exists(directory.resolve(MARKER))) {
                    throw new HoxException(
                            directory + " exists and was not made by 'hox demo'; name another directory");
                }
                try (Stream<Path> paths = Files.walk(directory)) {
                    for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                        Files.delete(path);
                    }
                }
            }
            Files.createDirectories(directory);
            Files.createFile(directory.resolve(MARKER));
        } catch (IOException e) {
            throw new HoxException("cannot prepare the directory " + directory + ": " + e.getMessage(), e);
        }
    }
}
