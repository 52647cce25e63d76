package io.hox.cli;

import io.hox.atlas.AtlasWriter;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;

/** {@code hox validate}: what is wrong with an atlas. */
@Command(
        name = "validate",
        description = "Check the latest state: tables, groups, layouts, pointers. Prints one line per finding and exits"
                + " with 1 when there is any. Notes on standard error are no findings.",
        footer = {"", "Example:", "  hox validate my_atlas"})
final class ValidateCommand extends MaintenanceCommand {
    @Override
    int run(AtlasWriter atlas) {
        List<String> findings = atlas.validate();
        findings.forEach(System.out::println);
        atlas.notes().forEach(note -> System.err.println("hox: " + note));
        if (findings.isEmpty()) {
            System.err.println("hox: " + path() + " has no findings");
            return ExitCode.OK;
        }
        return ExitCode.SOFTWARE;
    }
}
