package io.hox.cli;

import io.hox.atlas.AtlasWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;

/** {@code hox optimize}: makes reading faster. */
@Command(
        name = "optimize",
        description = "Number new features, complete layouts, compact tables and bring indexes up to date. Worth its"
                + " while after a larger ingest. Others may write meanwhile; snapshots stay readable.",
        footer = {"", "Example:", "  hox optimize my_atlas && hox snapshot my_atlas"})
final class OptimizeCommand extends MaintenanceCommand {
    @Override
    int run(AtlasWriter atlas) {
        atlas.optimize().forEach(System.out::println);
        return ExitCode.OK;
    }
}
