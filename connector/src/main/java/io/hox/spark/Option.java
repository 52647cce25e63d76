package io.hox.spark;

import java.util.List;

/**
 * One option of the data source.
 *
 * @param key the name that {@code .option(key, value)} and {@code spark.hox.<key>} take; letter case does not matter
 * @param defaultValue what holds when nothing is given, as text; empty = nothing
 * @param doc one sentence for the table of options
 */
public record Option(String key, String defaultValue, String doc) {

    /** Options as a Markdown table, for the README. */
    static String markdownTable(List<Option> options) {
        StringBuilder table = new StringBuilder("| Option | Default | Meaning |\n|---|---|---|\n");
        for (Option option : options) {
            String shown = option.defaultValue().isEmpty() ? "" : "`" + option.defaultValue() + "`";
            table.append("| `%s` | %s | %s |\n".formatted(option.key(), shown, option.doc()));
        }
        return table.toString();
    }
}
