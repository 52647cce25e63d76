package io.hox.export;

/** Names of columns in Spark's language. */
public final class ColumnName {
    private ColumnName() {}

    /** The name as one part of a path, whatever characters it has. */
    public static String quoted(String name) {
        return "`" + name.replace("`", "``") + "`";
    }
}
