package io.hox.cli;

import io.hox.atlas.AtlasCleaner;
import io.hox.atlas.AtlasWriter;
import io.hox.atlas.Leftover;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;

/** {@code hox clean}: lists and deletes what crashes, replacements and removals left. */
@Command(
        name = "clean",
        description =
                "List what nobody reads: groups of the store that neither the latest state nor a snapshot names,"
                        + " temporary files, rows of the dataset table without cells. With --delete, remove what is old enough.",
        footer = {"", "Examples:", "  hox clean my_atlas", "  hox clean my_atlas --delete --older-than 12h"})
final class CleanCommand extends MaintenanceCommand {
    @Option(names = "--delete", description = "Delete what is listed and old enough.")
    private boolean delete;

    @Option(
            names = "--older-than",
            paramLabel = "AGE",
            defaultValue = "1d",
            converter = AgeConverter.class,
            description = "Delete only what was last written so long ago: a number with s, m, h, d or w"
                    + " (${DEFAULT-VALUE}). A running ingest has groups that nothing names yet.")
    private Duration olderThan;

    @Override
    int run(AtlasWriter atlas) {
        AtlasCleaner cleaner = atlas.cleaner();
        List<Leftover> found = cleaner.find();
        if (found.isEmpty()) {
            System.err.println("hox: nothing to clean in " + path());
            return ExitCode.OK;
        }
        long now = System.currentTimeMillis();
        long deleted = 0;
        long old = 0;
        long bytes = 0;
        List<List<Object>> rows = new ArrayList<>();
        for (Leftover leftover : found) {
            Duration age = Duration.ofMillis(Math.max(0, now - leftover.modifiedMillis()));
            boolean deletable = leftover.kind().isDeletable() && age.compareTo(olderThan) >= 0;
            boolean gone = deletable && delete && cleaner.delete(leftover);
            old += deletable ? 1 : 0;
            deleted += gone ? 1 : 0;
            bytes += gone ? leftover.bytes() : 0;
            rows.add(row(leftover, age, gone ? "deleted" : deletable ? "" : keptBecause(leftover)));
        }
        new RowPrinter(System.out, OutputFormat.TABLE)
                .print(List.of("what", "path", "dataset", "age", "size", "objects", "note"), rows);
        if (delete) {
            System.err.printf("hox: deleted %,d of %,d, %s%n", deleted, found.size(), HumanBytes.of(bytes));
        } else if (old > 0) {
            System.err.printf("hox: %,d of %,d are deleted by: hox clean %s --delete%n", old, found.size(), path());
        }
        return ExitCode.OK;
    }

    private static List<Object> row(Leftover leftover, Duration age, String note) {
        boolean isDirectory = leftover.datasetUid().isEmpty();
        List<Object> row = new ArrayList<>();
        row.add(leftover.kind().toString());
        row.add(leftover.path());
        row.add(leftover.datasetUid());
        row.add(readable(age));
        row.add(isDirectory ? HumanBytes.of(leftover.bytes()) : "");
        row.add(isDirectory ? leftover.objects() : null);
        row.add(note);
        return row;
    }

    private static String keptBecause(Leftover leftover) {
        return leftover.kind().isDeletable() ? "too young" : "ingest it again, or hox remove";
    }

    private static String readable(Duration age) {
        long minutes = age.toMinutes();
        if (minutes < 120) {
            return minutes + " min";
        }
        return age.toHours() < 48 ? age.toHours() + " h" : String.format(Locale.ROOT, "%,d days", age.toDays());
    }
}
