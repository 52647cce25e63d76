package io.hox.spark.write;

import static io.hox.testing.SparkTest.spark;
import static org.apache.spark.sql.functions.col;

import io.hox.atlas.AtlasSchema;
import io.hox.atlas.AtlasUri;
import io.hox.atlas.AtlasWriter;
import io.hox.atlas.DatasetRow;
import io.hox.atlas.FeatureSpaces;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** A new atlas in a directory, to write to. */
public final class TestAtlas {
    private final Path path;
    private final String spaces;

    private TestAtlas(Path path, String spaces) {
        this.path = path;
        this.spaces = spaces;
    }

    /** @param schema as {@link AtlasSchema#fromJson} takes it */
    public static TestAtlas create(Path path, String schema) {
        return create(path, schema, null);
    }

    /** @param spaces feature spaces that are not built in, as JSON; null for none */
    static TestAtlas create(Path path, String schema, String spaces) {
        TestAtlas atlas = new TestAtlas(path, spaces);
        AtlasWriter.create(atlas.uri(), Map.of(), AtlasSchema.fromJson(schema), atlas.spaces())
                .close();
        return atlas;
    }

    private AtlasUri uri() {
        return AtlasUri.resolve(path.toString(), null);
    }

    private FeatureSpaces spaces() {
        return spaces == null ? FeatureSpaces.none() : FeatureSpaces.fromJson(spaces);
    }

    public Path path() {
        return path;
    }

    /** @param options keys and values in turn */
    public void append(Dataset<Row> rows, String... options) {
        DataFrameWriter<Row> writer = rows.write().format("hox").mode("append");
        for (int i = 0; i < options.length; i += 2) {
            writer.option(options[i], options[i + 1]);
        }
        if (spaces != null) {
            writer.option("featureSpaces", spaces);
        }
        writer.save(path.toString());
    }

    /** Numbers new features and makes a snapshot. */
    public TestAtlas publish() {
        use(writer -> {
            writer.optimize();
            return writer.snapshot();
        });
        return this;
    }

    <T> T use(Function<AtlasWriter, T> use) {
        try (AtlasWriter writer = AtlasWriter.open(uri(), Map.of(), spaces())) {
            return use.apply(writer);
        }
    }

    List<DatasetRow> datasets() {
        return use(AtlasWriter::datasets);
    }

    List<String> findings() {
        return use(AtlasWriter::validate);
    }

    /** @param options keys and values in turn */
    public Dataset<Row> read(String... options) {
        DataFrameReader reader = spark().read().format("hox");
        for (int i = 0; i < options.length; i += 2) {
            reader.option(options[i], options[i + 1]);
        }
        if (spaces != null) {
            reader.option("featureSpaces", spaces);
        }
        return reader.load(path.toString());
    }

    /** Uids of the features by global index. */
    static List<String> featureNames(Dataset<Row> features) {
        List<String> names = new ArrayList<>();
        for (Row row : features.select(col("global_index").cast("int"), col("uid"))
                .distinct()
                .collectAsList()) {
            while (names.size() <= row.getInt(0)) {
                names.add(null);
            }
            names.set(row.getInt(0), row.getString(1));
        }
        return names;
    }

    /** Directories of arrays below the store, relative to it. */
    public List<String> groups() {
        Path store = path.resolve("zarr_store");
        if (!Files.exists(store)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(store)) {
            return files.filter(file -> file.getFileName().toString().matches("csr|layers"))
                    .map(file -> store.relativize(file.getParent()).toString())
                    .filter(group -> !group.endsWith("/csr"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
