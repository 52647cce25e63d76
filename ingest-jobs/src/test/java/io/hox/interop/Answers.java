package io.hox.interop;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hox.cli.Hox;
import io.hox.testing.PythonEnvironment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What the {@code hox} command answers about an atlas, for comparison with what homeobox answers. */
final class Answers {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path atlas;
    private final Path directory;
    private final ObjectNode answers = JSON.createObjectNode();
    private final ArrayNode obs;
    private final ArrayNode counts;
    private final ArrayNode matrices;
    private final ArrayNode sources;

    /** @param directory takes the files of the answers */
    Answers(Path atlas, Path directory) {
        this.atlas = atlas;
        this.directory = directory;
        answers.put("atlas", atlas.toString());
        ArrayNode versions = answers.putArray("versions");
        Hox.output("versions", atlas, "--format", "json").lines().forEach(line -> versions.add(object(line)));
        this.obs = answers.putArray("obs");
        this.counts = answers.putArray("counts");
        this.matrices = answers.putArray("matrices");
        this.sources = answers.putArray("sources");
    }

    /** All obs columns but the pointers. */
    Answers obs(long version, String table) {
        Path file = directory.resolve("obs" + obs.size() + ".parquet");
        ObjectNode question = obs.addObject().put("version", version).put("table", table);
        question.put("parquet", file.toString());
        Hox.output("query", atlas, "--version", version, "--obs-table", table, "--out", file);
        return this;
    }

    /** The number of cells that a condition selects. */
    Answers count(long version, String table, String where) {
        ObjectNode question = counts.addObject().put("version", version).put("table", table);
        question.put("where", where);
        String text = Hox.output(
                "count", atlas, "--version", version, "--obs-table", table, "--where", where, "--format", "json");
        question.put("count", object(text).elements().next().asLong());
        return this;
    }

    /** The answer to the last {@link #count}. */
    long lastCount() {
        return counts.get(counts.size() - 1).get("count").asLong();
    }

    /** The file that the cells of a condition came from, whose obs index became their uids. */
    Answers source(Question asked, Path file) {
        sources.addObject()
                .put("version", asked.version())
                .put("table", asked.table())
                .put("field", asked.field())
                .put("space", asked.space())
                .put("where", asked.where())
                .put("h5ad", file.toString());
        return this;
    }

    /** A matrix of cells and features. */
    Answers matrix(Question asked) {
        Path file = directory.resolve("matrix" + matrices.size() + ".h5ad");
        List<Object> command = new ArrayList<>(List.of("query", atlas, "--out", file));
        ObjectNode question = matrices.addObject();
        question.put("h5ad", file.toString());
        add(question, command, "version", "--version", String.valueOf(asked.version()));
        question.put("version", asked.version());
        question.put("space", asked.space());
        add(question, command, "table", "--obs-table", asked.table());
        add(question, command, "field", "--field", asked.field());
        add(question, command, "where", "--where", asked.where());
        add(question, command, "join", "--feature-join", asked.join());
        addAll(question, command, "layers", "--layers", asked.layers());
        addAll(question, command, "features", "--features", asked.features());
        question.put("training", asked.training());
        question.put("csc", asked.csc());
        Hox.output(command.toArray());
        return this;
    }

    /** Also compares batches for training and makes feature-oriented copies. */
    Answers training() {
        answers.put("training", true);
        return this;
    }

    /** Also looks at indexes, tags and what LanceDB's clean-up does. */
    Answers lance() {
        answers.put("lance", true);
        return this;
    }

    /** Fails with the differences, if there are any. */
    void compare() {
        Path file = directory.resolve("answers.json");
        try {
            Files.writeString(file, answers.toPrettyString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        PythonEnvironment.run(PythonEnvironment.homeobox(), Scripts.path("compare_atlas.py"), file);
    }

    private static void add(ObjectNode question, List<Object> command, String key, String option, String value) {
        if (value != null) {
            question.put(key, value);
            command.add(option);
            command.add(value);
        }
    }

    private static void addAll(
            ObjectNode question, List<Object> command, String key, String option, List<String> values) {
        if (!values.isEmpty()) {
            ArrayNode array = question.putArray(key);
            values.forEach(array::add);
            command.add(option);
            command.add(String.join(",", values));
        }
    }

    private static ObjectNode object(String json) {
        try {
            return (ObjectNode) JSON.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(json, e);
        }
    }
}
