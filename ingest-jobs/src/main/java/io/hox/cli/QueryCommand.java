package io.hox.cli;

import io.hox.HoxException;
import io.hox.atlas.Atlas;
import io.hox.atlas.AtlasView;
import io.hox.atlas.PointerColumn;
import io.hox.atlas.Snapshot;
import io.hox.export.AnnDataExport;
import io.hox.export.AnnDataExport.Axis;
import io.hox.export.ColumnName;
import io.hox.export.Page;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;

/** {@code hox query}: selected cells as a file, or printed. */
@Command(
        name = "query",
        description =
                "Select cells and write them as .h5ad (with the matrix), .parquet or .csv (obs only); without --out"
                        + " print them.",
        footer = {
            "",
            "Examples:",
            "  hox query my_atlas --where \"cell_type = 'B cells'\" --limit 10",
            "  hox query my_atlas --where \"tissue = 'lung'\" --out lung.h5ad",
            "  hox query my_atlas --features CD3D,MS4A1 --feature-key gene_name --out panel.h5ad",
            "  hox query my_atlas --feature-join intersection --layers counts,log_normalized --out common.h5ad",
            "  hox query my_atlas --columns cell_type,donor --out obs.parquet"
        })
final class QueryCommand implements Runnable {
    private static final int PRINTED_ROWS = 20;

    @ParentCommand
    private HoxCommand root;

    @Mixin
    private ReadArguments read;

    @Option(names = "--columns", paramLabel = "A,B", description = "Obs columns to keep; default: all.")
    private String columns;

    @Mixin
    private MatrixArguments matrix;

    @Option(names = "--limit", paramLabel = "N", description = "At most so many cells; 0 is none.")
    private Integer limit;

    @Option(names = "--offset", paramLabel = "N", description = "Cells to skip first.")
    private int offset;

    @Option(names = "--out", paramLabel = "FILE", description = "The file to write: .h5ad, .parquet or .csv.")
    private Path out;

    @Option(names = "--format", description = "How to print without --out: ${COMPLETION-CANDIDATES}; default: table.")
    private OutputFormat format = OutputFormat.TABLE;

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Override
    public void run() {
        if ((limit != null && limit < 0) || offset < 0) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--limit and --offset take numbers from 0 on, not " + (offset < 0 ? offset : limit));
        }
        String extension = out == null ? "" : extension(out);
        if (out != null && !List.of("h5ad", "parquet", "csv").contains(extension)) {
            throw new ParameterException(
                    spec.commandLine(), "--out " + out + ": name a file that ends in .h5ad, .parquet or .csv");
        }
        if (out != null && out.toFile().isDirectory()) {
            throw new HoxException("--out " + out + " is a directory; name a file in it");
        }
        try (CommandSession session = CommandSession.open("query", root.debug);
                Atlas atlas = AtlasFiles.open(read.atlas)) {
            Snapshot snapshot = read.version == null ? atlas.latestSnapshot() : atlas.snapshot(read.version);
            try (AtlasView view = atlas.view(snapshot)) {
                // Both readers of the atlas, here and in Spark, see the same state.
                read.version = snapshot.version();
                run(session.spark(), view, extension);
            }
        }
    }

    private void run(SparkSession spark, AtlasView view, String extension) {
        if (extension.equals("h5ad")) {
            writeAnnData(spark, view);
            return;
        }
        List<String> pointers =
                view.pointers(read.obsTable).stream().map(PointerColumn::name).toList();
        Dataset<Row> cells = read.load(read.reader(spark));
        Dataset<Row> obs = cells.select(obsColumns(cells, pointers).stream()
                .map(name -> cells.col(ColumnName.quoted(name)))
                .toArray(Column[]::new));
        switch (extension) {
            case "parquet" -> ObsFile.writeParquet(page(obs), out);
            case "csv" -> ObsFile.writeCsv(page(obs), out);
            default -> print(obs);
        }
        if (out != null) {
            System.err.println("hox: wrote " + out);
        }
    }

    private void writeAnnData(SparkSession spark, AtlasView view) {
        List<PointerColumn> pointers = view.pointers(read.obsTable);
        PointerColumn pointer = matrix.field(view, read.obsTable);
        List<String> names = matrix.layers(view, pointer);
        Axis axis = matrix.axis(view, pointer);
        List<String> fields = fields(pointer, pointers);
        DataFrameReader reader =
                read.reader(spark).option("fields", String.join(",", fields)).option("layers", String.join(",", names));
        if (fields.size() == 1) {
            // The source would look for the features in the registries of all the columns.
            matrix.pin(reader);
        }
        Dataset<Row> loaded = read.load(reader);
        Dataset<Row> all =
                loaded.where(loaded.col(ColumnName.quoted(pointer.name())).isNotNull());
        Dataset<Row> cells = page(all);
        Page page = Page.ALL;
        if (cells != all && isLimitedBySpark(cells)) {
            cells = all;
            page = new Page(offset, limit == null ? Long.MAX_VALUE : limit);
        }
        List<String> obs = new ArrayList<>(
                obsColumns(cells, pointers.stream().map(PointerColumn::name).toList()));
        obs.remove("uid");
        AnnDataExport.Shape shape = new AnnDataExport(view, pointer, axis).write(cells, page, obs, names, out);
        System.err.printf(
                Locale.ROOT,
                "hox: wrote %s: %,d cells x %,d features of %s, X = %s%n",
                out,
                shape.cells(),
                shape.features(),
                pointer.name(),
                names.get(0));
    }

    /** The column to write and those that the condition may speak of, whose arrays are not read. */
    private List<String> fields(PointerColumn written, List<PointerColumn> pointers) {
        List<String> fields = new ArrayList<>();
        for (PointerColumn pointer : pointers) {
            if (pointer.equals(written) || (read.where != null && read.where.contains(pointer.name()))) {
                fields.add(pointer.name());
            }
        }
        return fields;
    }

    private Dataset<Row> page(Dataset<Row> rows) {
        Dataset<Row> skipped = offset == 0 ? rows : rows.offset(offset);
        return limit == null ? skipped : skipped.limit(limit);
    }

    /** Whether the source did not take the page over, because Spark has to evaluate a condition first. */
    private static boolean isLimitedBySpark(Dataset<Row> page) {
        String plan = page.queryExecution().optimizedPlan().toString();
        return plan.contains("GlobalLimit") || plan.contains("Offset ");
    }

    private List<String> obsColumns(Dataset<Row> cells, List<String> pointers) {
        List<String> available = Arrays.stream(cells.columns())
                .filter(name -> !pointers.contains(name))
                .toList();
        if (columns == null) {
            return available;
        }
        List<String> chosen = ReadArguments.names(columns);
        for (String name : chosen) {
            if (!available.contains(name)) {
                throw new HoxException("--columns: there is no obs column " + name + "; the columns are " + available);
            }
        }
        return chosen;
    }

    private void print(Dataset<Row> obs) {
        List<String> names = Arrays.asList(obs.columns());
        RowPrinter printer = new RowPrinter(System.out, format);
        if (format == OutputFormat.TABLE) {
            boolean cut = limit == null;
            List<Row> rows = (cut ? page(obs).limit(PRINTED_ROWS + 1) : page(obs)).collectAsList();
            boolean more = cut && rows.size() > PRINTED_ROWS;
            printer.print(
                    names,
                    rows.subList(0, more ? PRINTED_ROWS : rows.size()).stream()
                            .map(SparkRows::values)
                            .toList());
            if (more) {
                System.err.println("hox: the first " + PRINTED_ROWS + " rows; --limit N shows more, --out writes all");
            }
            return;
        }
        printer.print(names, List.of());
        for (Iterator<Row> rows = page(obs).toLocalIterator(); rows.hasNext(); ) {
            printer.printMore(names, SparkRows.values(rows.next()));
        }
    }

    private static String extension(Path file) {
        String name = file.getFileName().toString();
        return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }
}
