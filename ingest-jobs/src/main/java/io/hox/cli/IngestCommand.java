package io.hox.cli;

import io.hox.ingest.DatasetReport;
import io.hox.ingest.IngestJob;
import io.hox.ingest.IngestOptions;
import io.hox.ingest.IngestProgress;
import io.hox.ingest.IngestRequest;
import io.hox.spark.HadoopSettings;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code hox ingest}: sources of any format into an atlas. */
@Command(
        name = "ingest",
        description =
                "Write single-cell files into an atlas, one dataset each: h5ad, AnnData zarr, h5mu, 10x HDF5 and 10x mtx"
                        + " directories. Nothing is visible to readers before the next snapshot; a dataset that is already"
                        + " there is skipped, so an interrupted run is completed by running it again.",
        footer = {
            "",
            "Examples:",
            "  hox ingest my_atlas cells.h5ad",
            "  hox ingest my_atlas runs/ --feature-key gene_ids --obs louvain=cell_type --obs-value tissue=lung",
            "  hox ingest s3a://bucket/atlas 's3a://bucket/raw/*.h5ad' --duplicates sum --strip-versions",
            "  hox ingest my_atlas --manifest datasets.csv",
            "  hox ingest my_atlas lung.h5ad --layer raw/X=counts --layer X=log_normalized --dataset-uid lung_2024",
            "  hox ingest my_atlas lung.h5ad --dataset-uid lung_2024 --replace",
            "  hox ingest my_atlas cite.h5mu --field rna=gene_expression --field prot=protein_abundance"
        })
final class IngestCommand implements Runnable {
    @ParentCommand
    private HoxCommand root;

    @Mixin
    private AtlasArgument atlas;

    @Parameters(
            index = "1..*",
            arity = "0..*",
            paramLabel = "PATH",
            description = "Files, directories that are searched for them, or patterns; local or s3a://.")
    private List<String> paths = List.of();

    @Mixin
    private IngestArguments arguments;

    @Option(
            names = "--obs-table",
            paramLabel = "T",
            description = "The table that takes the cells; needed where an atlas has several.")
    private String obsTable;

    @Option(names = "--format", description = "${COMPLETION-CANDIDATES}; default: table.")
    private OutputFormat format = OutputFormat.TABLE;

    @Override
    public void run() {
        arguments.check(paths);
        IngestOptions options = arguments.options();
        List<DatasetReport> reports;
        try (CommandSession session = CommandSession.open("ingest", root.debug);
                ProgressLine progress = ProgressLine.onStandardError()) {
            IngestInputs inputs =
                    new IngestInputs(arguments, path -> HadoopSettings.of(path, session.spark(), Map.of())).find(paths);
            inputs.notes().forEach(note -> System.err.println("hox: " + note));
            reports = inputs.complete(
                    inputs.requests().isEmpty()
                            ? List.of()
                            : job(session, inputs, options, new IngestLine(progress))
                                    .run());
        }
        new IngestSummary(atlas.path, format).print(reports);
    }

    private IngestJob job(CommandSession session, IngestInputs inputs, IngestOptions options, IngestProgress progress) {
        IngestRequest request =
                new IngestRequest(atlas.path, atlas.storeUri, obsTable, atlas.spaces(), inputs.requests(), options);
        return new IngestJob(session.spark(), request, progress);
    }
}
