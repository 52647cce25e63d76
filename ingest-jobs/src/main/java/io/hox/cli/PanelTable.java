package io.hox.cli;

import static org.apache.spark.sql.functions.col;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Mean counts of a few genes by cell type, as numbers and as bars: a dot plot for terminals. */
final class PanelTable {
    private static final String BARS = " ▁▂▃▄▅▆▇█";

    private final Dataset<Row> cells;
    private final String field;
    private final List<String> genes;

    PanelTable(Dataset<Row> cells, String field, List<String> genes) {
        this.cells = cells;
        this.field = field;
        this.genes = genes;
    }

    void print(SparkSession spark, String atlas) {
        Map<Integer, String> names = geneByIndex(spark, atlas);
        Map<String, Map<String, Double>> means = new TreeMap<>();
        Map<String, Double> highest = new HashMap<>();
        Dataset<Row> sums = cells.selectExpr(
                        "cell_type", "explode(arrays_zip(" + field + ".indices, " + field + ".counts)) AS entry")
                .groupBy("cell_type", "entry.indices")
                .agg(org.apache.spark.sql.functions.sum("entry.counts").as("total"));
        Dataset<Row> sizes = cells.groupBy("cell_type").count();
        for (Row row : sums.join(sizes, "cell_type").collectAsList()) {
            String gene = names.get(row.<Integer>getAs("indices"));
            double mean = row.<Long>getAs("total") / (double) row.<Long>getAs("count");
            means.computeIfAbsent(row.getAs("cell_type"), type -> new HashMap<>())
                    .put(gene, mean);
            highest.merge(gene, mean, Math::max);
        }
        List<String> columns = new ArrayList<>(List.of("cell_type"));
        columns.addAll(genes);
        List<List<Object>> rows = new ArrayList<>();
        means.forEach((type, byGene) -> {
            List<Object> row = new ArrayList<>(List.of(type));
            for (String gene : genes) {
                double mean = byGene.getOrDefault(gene, 0.0);
                row.add(bar(mean / highest.getOrDefault(gene, 1.0)) + String.format(Locale.ROOT, " %6.2f", mean));
            }
            rows.add(row);
        });
        new RowPrinter(System.out, OutputFormat.TABLE).print(columns, rows);
    }

    private Map<Integer, String> geneByIndex(SparkSession spark, String atlas) {
        Map<Integer, String> names = new HashMap<>();
        Dataset<Row> features = spark.read()
                .format("hox")
                .option("axis", "features")
                .load(atlas)
                .where(col("uid").isInCollection(genes))
                .select("global_index", "uid")
                .distinct();
        features.collectAsList().forEach(row -> names.put(((Number) row.get(0)).intValue(), row.getString(1)));
        return names;
    }

    private static char bar(double share) {
        return BARS.charAt((int) Math.round(share * (BARS.length() - 1)));
    }
}
