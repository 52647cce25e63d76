package io.hox.cli;

import io.hox.HoxException;
import io.hox.export.FlatColumns;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Writes obs columns as one Parquet or CSV file. Spark writes directories; the user asked for a file. */
final class ObsFile {
    private ObsFile() {}

    static void writeParquet(Dataset<Row> obs, Path file) {
        write(obs, file, "parquet");
    }

    /** Nested values have no place in CSV: they are written as JSON text, bytes as base64. */
    static void writeCsv(Dataset<Row> obs, Path file) {
        write(FlatColumns.of(obs), file, "csv");
    }

    private static void write(Dataset<Row> obs, Path file, String format) {
        Path parent = file.toAbsolutePath().getParent();
        Path directory = parent.resolve("." + file.getFileName() + ".writing");
        try {
            Files.createDirectories(parent);
            obs.coalesce(1)
                    .write()
                    .format(format)
                    .option("header", "true")
                    .mode("overwrite")
                    .save(directory.toString());
            try (Stream<Path> parts = Files.list(directory)) {
                Path part = parts.filter(p -> p.getFileName().toString().startsWith("part-"))
                        .findFirst()
                        .orElseThrow(() -> new HoxException("Spark wrote no " + format + " file into " + directory));
                Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            throw new HoxException("cannot write " + file + ": " + e.getMessage(), e);
        } finally {
            FileUtils.deleteQuietly(directory.toFile());
        }
    }
}
