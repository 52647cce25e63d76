package io.hox.cli;

import static org.apache.spark.sql.functions.col;

import io.hox.atlas.Atlas;
import io.hox.atlas.AtlasSchema;
import io.hox.atlas.AtlasUri;
import io.hox.atlas.AtlasView;
import io.hox.atlas.AtlasWriter;
import io.hox.atlas.FeatureSpaces;
import io.hox.atlas.PointerColumn;
import io.hox.export.AnnDataExport;
import io.hox.export.AnnDataExport.Axis;
import io.hox.ingest.DatasetReport;
import io.hox.ingest.DatasetRequest;
import io.hox.ingest.IngestJob;
import io.hox.ingest.IngestProgress;
import io.hox.ingest.IngestRequest;
import io.hox.ingest.LikeSchema;
import io.hox.source.SourceLocation;
import io.hox.source.SourceRef;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** The steps of the demo, each with the command that does the same. */
final class DemoTour {
    private static final String FIELD = "gene_expression";
    private static final List<String> PANEL = List.of("CD3D", "MS4A1", "LYZ", "NKG7");

    private final SparkSession spark;
    private final String atlas;
    private final Path first;
    private final Path second;
    private final ScanTotals totals;

    DemoTour(SparkSession spark, String atlas, Path first, Path second) {
        this.spark = spark;
        this.atlas = atlas;
        this.first = first;
        this.second = second;
        this.totals = ScanTotals.listenTo(spark);
    }

    void run() {
        AtlasUri uri = AtlasUri.resolve(atlas, null);
        heading("An atlas with the columns of the first file", "hox create " + atlas + " --like " + first);
        AtlasWriter.create(uri, Map.of(), like(first), FeatureSpaces.none()).close();
        ingest();
        try (AtlasWriter writer = AtlasWriter.open(uri, Map.of(), FeatureSpaces.none())) {
            heading("Visible to readers", "hox optimize " + atlas + " && hox snapshot " + atlas);
            writer.optimize().forEach(System.out::println);
            System.out.println("snapshot " + writer.snapshot());
        }
        countByCellType();
        pushedFilter();
        genePanel();
        shapes(uri);
    }

    private static AtlasSchema like(Path file) {
        return LikeSchema.of(SourceLocation.of(file.toString(), Map.of()), "cells", Map.of(FIELD, FIELD), false);
    }

    private void ingest() {
        heading("Both files at once, a Spark task each", "hox ingest " + atlas + " " + first + " " + second);
        IngestRequest request = IngestRequest.of(atlas, List.of(dataset(first), dataset(second)));
        List<List<Object>> rows = new ArrayList<>();
        for (DatasetReport report : new IngestJob(spark, request, IngestProgress.SILENT).run()) {
            rows.add(List.of(
                    report.datasetUid(), report.cells(), report.features(), report.nonZeros(), report.seconds()));
        }
        print(List.of("dataset_uid", "cells", "features", "non_zeros", "seconds"), rows);
    }

    private static DatasetRequest dataset(Path file) {
        return DatasetRequest.of(new SourceRef("h5ad", file.toString(), ""));
    }

    private void countByCellType() {
        heading(
                "Cells by type: the cell table alone, no array is touched",
                "hox count " + atlas + " --group-by cell_type");
        Dataset<Row> counts =
                cells().groupBy("cell_type").count().orderBy(col("cell_type").asc_nulls_first());
        print(List.of("cell_type", "count"), collect(counts));
    }

    private void pushedFilter() {
        String where = "tissue = 'lung' AND cell_type LIKE '%T cells' AND n_counts > 500";
        heading("A filter is evaluated by Lance, before Spark sees a row", "EXPLAIN SELECT ... WHERE " + where);
        Dataset<Row> lung = cells().where(where).select("uid", "cell_type", "n_counts");
        lung.explain();
        totals.reset();
        System.out.printf(Locale.ROOT, "%,d cells%n", lung.count());
        printTotals();
    }

    private void genePanel() {
        String genes = String.join(",", PANEL);
        heading("Four marker genes of every cell", "hox query " + atlas + " --features " + genes + " --out panel.h5ad");
        Dataset<Row> panel =
                spark.read().format("hox").option("features", genes).load(atlas).where("cell_type IS NOT NULL");
        totals.reset();
        new PanelTable(panel, FIELD, PANEL).print(spark, atlas);
        printTotals();
    }

    private void shapes(AtlasUri uri) {
        heading(
                "As AnnData: the union and the intersection of the two gene panels",
                "hox query " + atlas + " --feature-join intersection --out intersection.h5ad");
        try (Atlas opened = Atlas.open(uri, Map.of());
                AtlasView view = opened.view(opened.latestSnapshot())) {
            PointerColumn pointer = view.pointer(null, FIELD);
            for (Axis axis : List.of(new Axis.Union(), new Axis.Intersection())) {
                String name = axis.getClass().getSimpleName().toLowerCase(Locale.ROOT);
                Path file = first.resolveSibling(name + ".h5ad");
                totals.reset();
                AnnDataExport.Shape shape = new AnnDataExport(view, pointer, axis)
                        .write(cells(), List.of("cell_type", "tissue", "donor"), List.of("counts"), file);
                System.out.printf(
                        Locale.ROOT,
                        "%-12s  %,d cells x %,d genes  -> %s%n",
                        name,
                        shape.cells(),
                        shape.features(),
                        file);
                printTotals();
            }
        }
    }

    private Dataset<Row> cells() {
        return spark.read().format("hox").load(atlas);
    }

    private static List<List<Object>> collect(Dataset<Row> rows) {
        List<List<Object>> values = new ArrayList<>();
        rows.collectAsList().forEach(row -> values.add(SparkRows.values(row)));
        return values;
    }

    private void print(List<String> columns, List<List<Object>> rows) {
        new RowPrinter(System.out, OutputFormat.TABLE).print(columns, rows);
    }

    private void printTotals() {
        System.out.println("read: " + totals.describe());
    }

    static void heading(String title) {
        System.out.println();
        System.out.println("== " + title);
    }

    private static void heading(String title, String command) {
        heading(title);
        System.out.println("$ " + command);
    }
}
