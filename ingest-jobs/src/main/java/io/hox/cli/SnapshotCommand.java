package io.hox.cli;

import io.hox.atlas.AtlasWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;

/** {@code hox snapshot}: makes the latest state visible to readers. */
@Command(
        name = "snapshot",
        description = "Record the latest state as a new version, which readers see from then on, and print its number."
                + " New features are numbered first. Refused while 'hox validate' has findings.",
        footer = {"", "Example:", "  hox snapshot my_atlas"})
final class SnapshotCommand extends MaintenanceCommand {
    @Override
    int run(AtlasWriter atlas) {
        System.out.println(atlas.snapshot());
        return ExitCode.OK;
    }
}
