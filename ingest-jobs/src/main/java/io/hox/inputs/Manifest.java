package io.hox.inputs;

import com.univocity.parsers.common.TextParsingException;
import com.univocity.parsers.csv.CsvParser;
import com.univocity.parsers.csv.CsvParserSettings;
import io.hox.HoxException;
import io.hox.store.ObjectStore;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A table of what to ingest, one line a file, as CSV with a header. {@code file} is required; an empty field is as if the
 * column were absent:
 *
 * <table>
 * <caption>Columns</caption>
 * <tr><td>{@code file}</td><td>path or URI; a relative one starts where the manifest lies</td></tr>
 * <tr><td>{@code dataset_uid}</td><td>the dataset's uid</td></tr>
 * <tr><td>{@code feature_key}</td><td>the var column that identifies a feature</td></tr>
 * <tr><td>{@code layer:FROM}</td><td>the atlas layer that the file's matrix FROM becomes</td></tr>
 * <tr><td>{@code obs:COLUMN}</td><td>the file's obs column that fills the atlas column COLUMN</td></tr>
 * <tr><td>{@code obs_value:COLUMN}</td><td>the value of the atlas column COLUMN where the file has none</td></tr>
 * <tr><td>{@code field:MODALITY}</td><td>the pointer column that the file's modality fills</td></tr>
 * <tr><td>any other name</td><td>a value of that column of the dataset table</td></tr>
 * </table>
 */
public final class Manifest {
    private static final int LARGEST = 64 << 20;
    private static final int LONGEST_FIELD = 1 << 16;

    private Manifest() {}

    /**
     * One line.
     *
     * @param line its number in the file, from 1
     * @param file path or URI, resolved
     * @param datasetUid null when not given
     * @param featureKey null when not given
     * @param layers matrix of the file to layer of the atlas
     * @param obs column of the file to column of the atlas
     * @param obsValues value by column of the atlas
     * @param fields modality of the file to pointer column of the atlas
     * @param dataset value by column of the dataset table
     */
    public record Entry(
            int line,
            String file,
            String datasetUid,
            String featureKey,
            Map<String, String> layers,
            Map<String, String> obs,
            Map<String, String> obsValues,
            Map<String, String> fields,
            Map<String, String> dataset) {}

    /**
     * Reads a manifest.
     *
     * @param uri path or URI of the CSV
     * @param options settings of its storage
     * @throws HoxException when it is absent, no CSV, has no column {@code file}, or a line without one
     */
    public static List<Entry> read(String uri, Map<String, String> options) {
        int slash = uri.lastIndexOf('/');
        String directory = slash < 0 ? "" : uri.substring(0, slash + 1);
        byte[] text = ObjectStore.open(directory.isEmpty() ? "." : directory, options)
                .readOrNull(uri.substring(slash + 1), LARGEST);
        if (text == null) {
            throw new HoxException("there is no manifest " + uri);
        }
        List<String[]> lines = parse(uri, text);
        if (lines.isEmpty()) {
            throw new HoxException("the manifest " + uri + " is empty; its first line names the columns, such as"
                    + " file,dataset_uid");
        }
        String[] header = header(uri, lines.get(0));
        List<Entry> entries = new ArrayList<>();
        for (int i = 1; i < lines.size(); i++) {
            entries.add(entry(uri, directory, header, lines.get(i), i + 1));
        }
        if (entries.isEmpty()) {
            throw new HoxException("the manifest " + uri + " names no file below its header");
        }
        return entries;
    }

    private static List<String[]> parse(String uri, byte[] text) {
        CsvParserSettings settings = new CsvParserSettings();
        settings.setLineSeparatorDetectionEnabled(true);
        settings.setMaxCharsPerColumn(LONGEST_FIELD);
        settings.getFormat().setComment('\0');
        try {
            return new CsvParser(settings).parseAll(new ByteArrayInputStream(text), StandardCharsets.UTF_8);
        } catch (TextParsingException e) {
            throw new HoxException(
                    "the manifest " + uri + " can't be read as CSV near line " + (e.getLineIndex() + 1)
                            + "; quote fields that hold commas or line ends",
                    e);
        }
    }

    private static String[] header(String uri, String[] names) {
        List<String> seen = new ArrayList<>();
        for (String name : names) {
            if (name == null) {
                throw new HoxException("the manifest " + uri + " has a column without a name: " + Arrays.asList(names));
            }
            if (seen.contains(name)) {
                throw new HoxException("the manifest " + uri + " has the column " + name + " twice");
            }
            seen.add(name);
        }
        if (!seen.contains("file")) {
            throw new HoxException("the manifest " + uri + " has no column 'file'; its columns are " + seen);
        }
        return names;
    }

    private static Entry entry(String uri, String directory, String[] header, String[] fields, int line) {
        if (fields.length > header.length) {
            throw new HoxException("line " + line + " of the manifest " + uri + " has " + fields.length
                    + " fields, but its header names " + header.length);
        }
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = 0; i < fields.length; i++) {
            if (fields[i] != null && !fields[i].isBlank()) {
                values.put(header[i], fields[i]);
            }
        }
        String file = values.remove("file");
        if (file == null) {
            throw new HoxException("line " + line + " of the manifest " + uri + " names no file");
        }
        String datasetUid = values.remove("dataset_uid");
        String featureKey = values.remove("feature_key");
        Map<String, String> layers = taken(values, "layer:");
        Map<String, String> sources = taken(values, "obs:");
        Map<String, String> obs = new LinkedHashMap<>();
        sources.forEach((column, from) -> {
            String other = obs.put(from, column);
            if (other != null) {
                throw new HoxException("line " + line + " of the manifest " + uri + " fills both " + other + " and "
                        + column + " from the obs column " + from + "; a column of a file fills one of the atlas");
            }
        });
        return new Entry(
                line,
                resolve(directory, file),
                datasetUid,
                featureKey,
                layers,
                obs,
                taken(values, "obs_value:"),
                taken(values, "field:"),
                values);
    }

    private static Map<String, String> taken(Map<String, String> values, String prefix) {
        Map<String, String> taken = new LinkedHashMap<>();
        values.forEach((name, value) -> {
            if (name.startsWith(prefix)) {
                taken.put(name.substring(prefix.length()), value);
            }
        });
        values.keySet().removeIf(name -> name.startsWith(prefix));
        return taken;
    }

    private static String resolve(String directory, String file) {
        boolean absolute = file.startsWith("/") || file.matches("[A-Za-z][A-Za-z0-9+.-]*:.*");
        return absolute ? file : directory + file;
    }
}
