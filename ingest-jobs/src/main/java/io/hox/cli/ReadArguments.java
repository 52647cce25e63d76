package io.hox.cli;

import io.hox.HoxException;
import java.util.List;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which cells of an atlas a command reads. */
final class ReadArguments {
    @Mixin
    AtlasArgument atlas;

    @Option(names = "--version", paramLabel = "N", description = "The snapshot to read; default: the latest one.")
    Long version;

    @Option(
            names = "--obs-table",
            paramLabel = "T",
            description = "The table of cells; needed where an atlas has several.")
    String obsTable;

    @Option(
            names = "--where",
            paramLabel = "SQL",
            description = "Condition on the obs columns, in Spark SQL; a pointer column IS NOT NULL where the cell was"
                    + " assayed.")
    String where;

    /** A reader with these options, to which a command may add its own. */
    DataFrameReader reader(SparkSession spark) {
        DataFrameReader reader = spark.read().format("hox");
        if (version != null) {
            reader.option("version", version);
        }
        if (obsTable != null) {
            reader.option("obsTable", obsTable);
        }
        if (atlas.storeUri != null) {
            reader.option("storeUri", atlas.storeUri);
        }
        if (atlas.spacesFile != null) {
            reader.option("featureSpaces", AtlasArgument.description(atlas.spacesFile));
        }
        return reader;
    }

    /** The cells that the condition selects. */
    Dataset<Row> load(DataFrameReader reader) {
        Dataset<Row> cells = reader.load(atlas.path);
        return where == null ? cells : selected(cells);
    }

    private Dataset<Row> selected(Dataset<Row> cells) {
        try {
            return cells.where(where);
        } catch (Exception e) {
            // Spark declares no checked exceptions, but throws this one.
            if (e instanceof AnalysisException) {
                String text = e.getMessage().strip();
                throw new HoxException(
                        "--where " + where + ": " + text.lines().findFirst().orElse(text), e);
            }
            throw e;
        }
    }

    /** A list of column names as a user types it: separated by commas, blanks ignored. */
    static List<String> names(String commaSeparated) {
        return List.of(commaSeparated.split(",")).stream()
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .toList();
    }
}
