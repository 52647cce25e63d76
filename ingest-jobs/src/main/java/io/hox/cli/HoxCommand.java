package io.hox.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/**
 * The {@code hox} command. Results go to standard output, talk to standard error; exit codes are 0 for success, 1 for
 * a failure that is explained in one message, 2 for wrong usage.
 */
@Command(
        name = "hox",
        versionProvider = HoxVersion.class,
        description = "Ragged single-cell atlases, from files of any kind to Spark queries.",
        synopsisSubcommandLabel = "COMMAND",
        commandListHeading = "%nCommands:%n",
        subcommands = {
            CreateCommand.class,
            IngestCommand.class,
            OptimizeCommand.class,
            ValidateCommand.class,
            SnapshotCommand.class,
            IndexCommand.class,
            RemoveCommand.class,
            CleanCommand.class,
            VersionsCommand.class,
            InfoCommand.class,
            CountCommand.class,
            QueryCommand.class,
            FeaturesCommand.class,
            DemoCommand.class
        },
        footer = {
            "",
            "Examples:",
            "  hox demo                                            see everything work on generated data",
            "  hox create my_atlas --like cells.h5ad               a new atlas with the columns of a file",
            "  hox ingest my_atlas *.h5ad                          write the files into it",
            "  hox optimize my_atlas && hox snapshot my_atlas      make them visible to readers",
            "  hox index my_atlas                                  make reading a few genes fast",
            "  hox count my_atlas --group-by cell_type",
            "  hox query my_atlas --where \"tissue = 'lung'\" --features CD3D,CD19 --out lung.h5ad"
        })
public final class HoxCommand implements Runnable {

    @Option(
            names = "--debug",
            scope = ScopeType.INHERIT,
            description = "Print the stack trace of a failure, and Spark's warnings.")
    boolean debug;

    // Not picocli's mixin: commands have a --version of their own, which would take its --help away with it.
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Show this help and exit.")
    private boolean help;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Print the version of hox and exit.")
    private boolean versionWanted;

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    public static void main(String[] args) {
        int exitCode = run(args);
        System.out.flush();
        System.exit(exitCode);
    }

    /** Runs one command line in this JVM and returns its exit code. */
    public static int run(String... args) {
        HoxCommand root = new HoxCommand();
        CommandLine commandLine = new CommandLine(root);
        commandLine.setCaseInsensitiveEnumValuesAllowed(true);
        commandLine.setUsageHelpAutoWidth(true);
        // @FILE is a list of features, not more command line.
        commandLine.setExpandAtFiles(false);
        commandLine.setExecutionExceptionHandler(new FailureReport(root));
        return commandLine.execute(args);
    }

    @Override
    public void run() {
        spec.commandLine().usage(System.out);
    }
}
