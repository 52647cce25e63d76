package io.hox.cli;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code hox count}: how many cells, in all or by groups. Reads the cell table only. */
@Command(
        name = "count",
        description = "Count cells, in all or by columns.",
        footer = {
            "",
            "Examples:",
            "  hox count my_atlas",
            "  hox count my_atlas --where \"tissue = 'lung' AND n_genes > 500\"",
            "  hox count my_atlas --group-by cell_type,donor --format csv"
        })
final class CountCommand implements Runnable {
    @ParentCommand
    private HoxCommand root;

    @Mixin
    private ReadArguments read;

    @Option(
            names = "--group-by",
            paramLabel = "A,B",
            description = "Obs columns to count by; sorted by them, nulls first.")
    private String groupBy;

    @Option(names = "--format", description = "${COMPLETION-CANDIDATES}; default: table.")
    private OutputFormat format = OutputFormat.TABLE;

    @Override
    public void run() {
        try (CommandSession session = CommandSession.open("count", root.debug)) {
            Dataset<Row> cells = read.load(read.reader(session.spark()));
            if (groupBy == null) {
                printTotal(cells.count());
            } else {
                printGroups(cells, ReadArguments.names(groupBy));
            }
        }
    }

    private void printTotal(long count) {
        if (format == OutputFormat.TABLE) {
            System.out.println(count);
        } else {
            new RowPrinter(System.out, format).print(List.of("count"), List.of(List.of(count)));
        }
    }

    private void printGroups(Dataset<Row> cells, List<String> names) {
        Column[] columns = names.stream().map(cells::col).toArray(Column[]::new);
        Column[] order =
                names.stream().map(n -> functions.col(n).asc_nulls_first()).toArray(Column[]::new);
        Dataset<Row> counts = cells.groupBy(columns).count().orderBy(order);
        List<List<Object>> rows = new ArrayList<>();
        for (Row row : counts.collectAsList()) {
            rows.add(SparkRows.values(row));
        }
        List<String> header = new ArrayList<>(names);
        header.add("count");
        new RowPrinter(System.out, format).print(header, rows);
    }
}
