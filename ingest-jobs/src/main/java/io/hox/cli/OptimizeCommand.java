package io.hox.cli;

import io.hox.atlas.AtlasWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;

/** {@code hox optimize}: numbers features, compacts tables. */
@Command(
        name = "optimize",
        description =
                "Number new features, complete layouts, compact tables and bring indexes up to date. Needed after an"
                        + " ingest, before the next snapshot. Snapshots stay readable.",
        footer = {"", "Example:", "  hox optimize my_atlas && hox snapshot my_atlas"})
final class OptimizeCommand extends MaintenanceCommand {
    @Override
    int run(AtlasWriter atlas) {
        atlas.optimize().forEach(System.out::println);
        return ExitCode.OK;
    }
}
