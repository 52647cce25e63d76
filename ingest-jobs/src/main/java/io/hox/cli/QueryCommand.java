package io.hox.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hox.HoxException;
import io.hox.atlas.Atlas;
import io.hox.atlas.AtlasView;
import io.hox.atlas.FeatureSpace;
import io.hox.atlas.LayerType;
import io.hox.atlas.PointerColumn;
import io.hox.atlas.Snapshot;
import io.hox.export.AnnDataExport;
import io.hox.export.AnnDataExport.Axis;
import io.hox.export.Page;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
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

    @Option(
            names = "--field",
            paramLabel = "COLUMN",
            description = "The pointer column whose matrix to write; needed where several can make one.")
    private String field;

    @Option(
            names = "--features",
            paramLabel = "A,B|@FILE",
            description = "Only these features, separated by commas or one a line in a file.")
    private String features;

    @Option(
            names = "--feature-key",
            paramLabel = "COLUMN",
            description = "The registry column that --features are values of; default: uid.")
    private String featureKey = "uid";

    @Option(
            names = "--feature-join",
            paramLabel = "union|intersection",
            description = "Features that any dataset hit measured, or all of them; default: union.")
    private FeatureJoin featureJoin = FeatureJoin.UNION;

    @Option(
            names = "--layers",
            paramLabel = "A,B",
            description = "Layers to write, the first one as X; default: the feature space's required layer.")
    private String layers;

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

    /** How the features of several datasets make one axis. */
    enum FeatureJoin {
        UNION,
        INTERSECTION
    }

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
                .map(name -> cells.col(quoted(name)))
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
        PointerColumn pointer = matrixField(view, pointers);
        FeatureSpace space = view.space(pointer.featureSpace());
        List<String> names = layerNames(view, space);
        DataFrameReader reader =
                read.reader(spark).option("fields", pointer.name()).option("layers", String.join(",", names));
        Axis axis = featureJoin == FeatureJoin.UNION ? new Axis.Union() : new Axis.Intersection();
        if (features != null) {
            List<String> wanted = FeatureList.parse(features);
            axis = new Axis.Pinned(view.registry(pointer.featureSpace()).globalIndices(wanted, featureKey));
            reader.option("features", json(wanted)).option("featureKey", featureKey);
        }
        Dataset<Row> loaded = read.load(reader);
        Dataset<Row> all = loaded.where(loaded.col(quoted(pointer.name())).isNotNull());
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

    private PointerColumn matrixField(AtlasView view, List<PointerColumn> pointers) {
        if (field != null) {
            PointerColumn pointer = view.pointer(read.obsTable, field);
            if (!view.space(pointer.featureSpace()).isMatrix()) {
                throw new HoxException("--field " + field + " is of feature space " + pointer.featureSpace()
                        + ", whose cells are not rows of a matrix of features; .h5ad can't hold it");
            }
            return pointer;
        }
        List<PointerColumn> able = pointers.stream()
                .filter(pointer -> view.space(pointer.featureSpace()).isMatrix())
                .toList();
        if (able.size() != 1) {
            throw new HoxException(
                    able.isEmpty()
                            ? "none of the pointer columns holds a matrix of features; .h5ad can't be written"
                            : "several pointer columns hold a matrix: choose one with --field "
                                    + String.join(
                                            " or --field ",
                                            able.stream()
                                                    .map(PointerColumn::name)
                                                    .toList()));
        }
        return able.get(0);
    }

    private List<String> layerNames(AtlasView view, FeatureSpace space) {
        if (layers != null) {
            return ReadArguments.names(layers);
        }
        if (!space.defaultLayers().isEmpty()) {
            return space.defaultLayers();
        }
        List<LayerType> found = view.layerTypes(space);
        if (found.isEmpty()) {
            throw new HoxException("no dataset of feature space " + space.name() + " holds a layer");
        }
        return List.of(found.get(0).name());
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
        boolean cut = limit == null && format == OutputFormat.TABLE;
        Dataset<Row> page = cut ? page(obs).limit(PRINTED_ROWS + 1) : page(obs);
        List<List<Object>> rows = new ArrayList<>();
        for (Row row : page.collectAsList()) {
            rows.add(SparkRows.values(row));
        }
        boolean more = cut && rows.size() > PRINTED_ROWS;
        new RowPrinter(System.out, format)
                .print(Arrays.asList(obs.columns()), more ? rows.subList(0, PRINTED_ROWS) : rows);
        if (more) {
            System.err.println("hox: the first " + PRINTED_ROWS + " rows; --limit N shows more, --out writes all");
        }
    }

    private static String quoted(String name) {
        return "`" + name.replace("`", "``") + "`";
    }

    private static String extension(Path file) {
        String name = file.getFileName().toString();
        return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }

    private static String json(List<String> names) {
        try {
            return new ObjectMapper().writeValueAsString(names);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
