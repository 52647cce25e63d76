package io.hox.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Prints rows as an aligned table, as CSV (RFC 4180) or as one JSON object a line. The table is for eyes: it groups
 * digits and right-aligns numbers; the other two are for programs and print values as they are.
 */
final class RowPrinter {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final PrintStream out;
    private final OutputFormat format;

    RowPrinter(PrintStream out, OutputFormat format) {
        this.out = out;
        this.format = format;
    }

    /** Prints rows; each row has one value (null, text, number, boolean or a list of those) per column. */
    void print(List<String> columns, List<List<Object>> rows) {
        switch (format) {
            case TABLE -> printTable(columns, rows);
            case CSV -> printCsv(columns, rows);
            case JSON -> printJson(columns, rows);
        }
    }

    /** Prints one more row as CSV or JSON, which need not know the others. */
    void printMore(List<String> columns, List<Object> row) {
        if (format == OutputFormat.CSV) {
            printCsvRow(row);
        } else {
            printJson(columns, List.of(row));
        }
    }

    private void printTable(List<String> columns, List<List<Object>> rows) {
        List<List<String>> cells = new ArrayList<>();
        int[] widths = columns.stream().mapToInt(String::length).toArray();
        for (List<Object> row : rows) {
            List<String> texts = row.stream().map(RowPrinter::readable).toList();
            for (int c = 0; c < widths.length; c++) {
                widths[c] = Math.max(widths[c], texts.get(c).length());
            }
            cells.add(texts);
        }
        StringBuilder line = new StringBuilder();
        for (int c = 0; c < widths.length; c++) {
            pad(line, columns.get(c), widths[c], isNumeric(rows, c), c == widths.length - 1);
        }
        out.println(line);
        for (List<String> texts : cells) {
            line.setLength(0);
            for (int c = 0; c < widths.length; c++) {
                pad(line, texts.get(c), widths[c], isNumeric(rows, c), c == widths.length - 1);
            }
            out.println(line);
        }
    }

    private void printCsv(List<String> columns, List<List<Object>> rows) {
        out.println(String.join(",", columns.stream().map(RowPrinter::csvField).toList()));
        rows.forEach(this::printCsvRow);
    }

    private void printCsvRow(List<Object> row) {
        out.println(String.join(
                ",", row.stream().map(v -> csvField(v == null ? "" : plain(v))).toList()));
    }

    private void printJson(List<String> columns, List<List<Object>> rows) {
        for (List<Object> row : rows) {
            Map<String, Object> object = new LinkedHashMap<>();
            for (int c = 0; c < columns.size(); c++) {
                object.put(columns.get(c), row.get(c));
            }
            try {
                out.println(JSON.writeValueAsString(object));
            } catch (JsonProcessingException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static boolean isNumeric(List<List<Object>> rows, int column) {
        boolean any = false;
        for (List<Object> row : rows) {
            Object value = row.get(column);
            if (value != null && !(value instanceof Number)) {
                return false;
            }
            any |= value != null;
        }
        return any;
    }

    private static void pad(StringBuilder line, String text, int width, boolean right, boolean last) {
        String spaces = " ".repeat(width - text.length());
        line.append(right ? spaces + text : last ? text : text + spaces);
        if (!last) {
            line.append("  ");
        }
    }

    private static String readable(Object value) {
        if (value == null) {
            return "-";
        }
        if (value instanceof Integer || value instanceof Long) {
            return String.format(Locale.ROOT, "%,d", value);
        }
        if (value instanceof Double || value instanceof Float) {
            return String.format(Locale.ROOT, "%,.4g", value);
        }
        return plain(value);
    }

    private static String plain(Object value) {
        return value instanceof List<?> list
                ? String.join(", ", list.stream().map(String::valueOf).toList())
                : String.valueOf(value);
    }

    private static String csvField(String text) {
        boolean quoted =
                text.indexOf(',') >= 0 || text.indexOf('"') >= 0 || text.indexOf('\n') >= 0 || text.indexOf('\r') >= 0;
        return quoted ? '"' + text.replace("\"", "\"\"") + '"' : text;
    }
}
