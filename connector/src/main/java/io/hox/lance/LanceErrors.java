package io.hox.lance;

import io.hox.HoxException;
import java.util.List;
import java.util.Locale;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/** Turns what the native library throws about one table into messages that name the table, the filter and the remedy. */
final class LanceErrors {
    private static final int EXCERPT = 400;

    private final String uri;
    private final long version;
    private final String filter;

    LanceErrors(String uri, long version, String filter) {
        this.uri = uri;
        this.version = version;
        this.filter = filter;
    }

    static HoxException missingTable(String uri, Throwable cause) {
        return new HoxException("no table at " + uri + "; check the atlas path and the table name", cause);
    }

    static HoxException missingVersion(String uri, long version, Throwable cause) {
        return new HoxException(
                "version " + version + " of table " + uri
                        + " no longer exists: the snapshot points to a version that was pruned by a clean-up; use a newer"
                        + " snapshot, or restore the table's files from a backup",
                cause);
    }

    static boolean isUnknownColumn(Throwable error) {
        return String.valueOf(error.getMessage()).contains("No field named");
    }

    /** A tag that was there a moment ago. */
    static boolean isMissingTag(Throwable error) {
        String message = String.valueOf(error.getMessage());
        return message.contains("Not found") && message.contains("_refs/tags/");
    }

    /** Codes of null rows that point into a dictionary without values. */
    static boolean isEmptyDictionary(Throwable error) {
        return String.valueOf(error.getMessage()).contains("out of bounds: 0 (should be in [0, -1])");
    }

    HoxException unknownColumn(List<String> requested, Schema schema, Throwable error) {
        List<String> known = schema.getFields().stream().map(Field::getName).toList();
        return new HoxException(
                "table " + uri + " at version " + version + " does not have all of the columns " + requested
                        + "; its columns are " + known,
                error);
    }

    HoxException translate(Throwable error) {
        if (error instanceof HoxException known) {
            return known;
        }
        String reason = reason(error);
        String lower = reason.toLowerCase(Locale.ROOT);
        String where = "table " + uri + (version > 0 ? " at version " + version : "");
        if (lower.contains("commit conflict") || lower.contains("concurrent")) {
            return new ConflictException(
                    "another writer changed " + where + " at the same time; run the operation again (" + reason + ")",
                    error);
        }
        // Lance repeats what fails on the way by itself, but for commits: those must not happen twice.
        if (lower.contains("error sending request")) {
            return new UnansweredException("the storage of " + where + " did not answer: " + reason, error);
        }
        if (filter != null && mentionsFilter(lower)) {
            return new HoxException(
                    "the filter [" + excerpt(filter) + "] can't be evaluated on " + where + ": " + reason, error);
        }
        if (lower.contains("null") && lower.contains("non-null")) {
            return new HoxException("rows for " + where + " have no value in a required column: " + reason, error);
        }
        return new HoxException(
                "Lance failed on " + where + (filter == null ? "" : " with the filter [" + excerpt(filter) + "]") + ": "
                        + reason,
                error);
    }

    private static boolean mentionsFilter(String reason) {
        return reason.contains("filter")
                || reason.contains("sql")
                || reason.contains("no field named")
                || reason.contains("not found in schema")
                || reason.contains("schema error")
                || reason.contains("parser")
                || reason.contains("type_coercion")
                || reason.contains("expression")
                || reason.contains("invalid user input");
    }

    private static String reason(Throwable error) {
        String message = error.getMessage() == null ? error.toString() : error.getMessage();
        // The native library appends its source position, which tells a user nothing.
        int position = message.lastIndexOf(", /");
        return excerpt((position > 0 ? message.substring(0, position) : message).strip());
    }

    private static String excerpt(String text) {
        return text.length() <= EXCERPT ? text : text.substring(0, EXCERPT) + " ...";
    }
}
