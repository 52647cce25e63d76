package io.hox.source;

import io.hox.HoxException;
import io.hox.zarr.DataType;
import io.hox.zarr.Values;
import java.util.Arrays;
import java.util.function.Supplier;

/**
 * One named column of a {@link DataFrame}. Its kind, type and length are known at once, its values are read on first
 * use and then kept. Not thread-safe.
 */
public final class Column {
    /** What the values are. */
    public enum Kind {
        /** Text; a missing value is a null string. */
        STRING,
        /** Codes into a column of categories; a missing value is code -1. */
        CATEGORICAL,
        /** 0 or 1 in bytes. */
        BOOL,
        /** Whole numbers of {@link Column#type}, unsigned ones in two's complement of the same width. */
        INTEGER,
        /** 32 or 64 bit floating point; NaN is a value, not a missing one. */
        FLOAT
    }

    /** Values as they lie in the source; which fields are set depends on the kind. */
    public record Content(String[] strings, Values values, boolean[] missing, int[] codes, Column categories) {
        public static Content strings(String[] strings) {
            return new Content(strings, null, null, null, null);
        }

        public static Content values(Values values, boolean[] missing) {
            return new Content(null, values, missing, null, null);
        }

        public static Content codes(int[] codes, Column categories) {
            return new Content(null, null, null, codes, categories);
        }

        /** The rows from {@code from} (included) to {@code to} (excluded). */
        Content slice(int from, int to) {
            return new Content(
                    strings == null ? null : Arrays.copyOfRange(strings, from, to),
                    values == null ? null : ValueArrays.slice(values, from, to - from),
                    missing == null ? null : Arrays.copyOfRange(missing, from, to),
                    codes == null ? null : Arrays.copyOfRange(codes, from, to),
                    categories);
        }
    }

    /** Reads some rows of a column. */
    @FunctionalInterface
    public interface Loader {
        /** The rows from {@code from} (included) to {@code to} (excluded). */
        Content load(int from, int to);

        /** Of something that can be had as a whole only. */
        static Loader whole(Supplier<Content> all) {
            return (from, to) -> all.get().slice(from, to);
        }
    }

    private final String name;
    private final Kind kind;
    private final DataType type;
    private final int length;
    private final boolean ordered;
    private final boolean nullable;
    private Loader loader;
    private Content content;

    /**
     * A column whose values are read on first use.
     *
     * @param type of a boolean, integer or float column; null for text and categories
     */
    public Column(String name, Kind kind, DataType type, int length, boolean ordered, boolean nullable, Loader loader) {
        this.name = name;
        this.kind = kind;
        this.type = type;
        this.length = length;
        this.ordered = ordered;
        this.nullable = nullable;
        this.loader = loader;
    }

    /** A text column; null elements are missing values. */
    public static Column strings(String name, String[] values) {
        return loaded(name, Kind.STRING, null, values.length, false, true, Content.strings(values));
    }

    /** A categorical column; code -1 is a missing value. */
    public static Column categorical(String name, int[] codes, String[] categories, boolean ordered) {
        for (int code : codes) {
            if (code < -1 || code >= categories.length) {
                throw new HoxException("Column '" + name + "' has the code " + code + " but only " + categories.length
                        + " categories; codes must lie between -1 (missing) and " + (categories.length - 1) + ".");
            }
        }
        Column of = strings(name, categories);
        return loaded(name, Kind.CATEGORICAL, null, codes.length, ordered, true, Content.codes(codes, of));
    }

    /** A column of booleans or numbers without missing values. */
    public static Column of(String name, Values values) {
        return of(name, values, null);
    }

    /**
     * A column of booleans or numbers.
     *
     * @param missing per element, true where it is missing; null where nothing is
     */
    public static Column of(String name, Values values, boolean[] missing) {
        if (missing != null && missing.length != values.length()) {
            throw new HoxException("Column '" + name + "' has " + values.length() + " values but a mask of "
                    + missing.length + "; both must have one entry per row.");
        }
        Content content = Content.values(values, missing);
        return loaded(name, kindOf(values.type()), values.type(), values.length(), false, missing != null, content);
    }

    private static Column loaded(
            String n, Kind k, DataType t, int length, boolean ordered, boolean nullable, Content c) {
        Column column = new Column(n, k, t, length, ordered, nullable, null);
        column.content = c;
        return column;
    }

    /** The kind of a column with values of this type. */
    public static Kind kindOf(DataType type) {
        if (type == DataType.BOOL) {
            return Kind.BOOL;
        }
        return type.isFloat() ? Kind.FLOAT : Kind.INTEGER;
    }

    public String name() {
        return name;
    }

    public Kind kind() {
        return kind;
    }

    /** The stored type of a boolean, integer or float column; null for text and categories. */
    public DataType type() {
        return type;
    }

    public int length() {
        return length;
    }

    /** Whether the order of the categories has a meaning; false for other kinds. */
    public boolean ordered() {
        return ordered;
    }

    /** Whether values can be missing at all. */
    public boolean nullable() {
        return nullable;
    }

    /** Text of a string column, or of a categorical one with its categories looked up; null where missing. */
    public String[] strings() {
        if (kind == Kind.STRING) {
            return content().strings();
        }
        expect(Kind.CATEGORICAL);
        String[] texts = content().categories().texts();
        int[] codes = content().codes();
        String[] strings = new String[codes.length];
        for (int i = 0; i < codes.length; i++) {
            strings[i] = codes[i] < 0 ? null : texts[codes[i]];
        }
        return strings;
    }

    /** Values of a boolean, integer or float column; what stands at a missing position has no meaning. */
    public Values values() {
        if (content().values() == null) {
            throw new IllegalStateException("column '" + name + "' is " + kind + " and has no numbers");
        }
        return content().values();
    }

    /** Per element of {@link #values}, true where it is missing; null where nothing is. */
    public boolean[] missing() {
        return content().missing();
    }

    /** Codes of a categorical column, -1 where missing. */
    public int[] codes() {
        expect(Kind.CATEGORICAL);
        return content().codes();
    }

    /** The categories of a categorical column; usually text, but anything that pandas can make categories of. */
    public Column categories() {
        expect(Kind.CATEGORICAL);
        return content().categories();
    }

    /** Every value as text, null where missing: what a user would see printed. */
    public String[] texts() {
        if (kind == Kind.STRING || kind == Kind.CATEGORICAL) {
            return strings();
        }
        return Texts.of(values(), missing());
    }

    /**
     * The rows from {@code from} (included) to {@code to} (excluded) as a column of their own, which reads no others
     * where the source allows that.
     */
    public Column rows(int from, int to) {
        Loader source = loader;
        Content known = content;
        return new Column(
                name,
                kind,
                type,
                to - from,
                ordered,
                nullable,
                known != null
                        ? (first, last) -> known.slice(from + first, from + last)
                        : (first, last) -> source.load(from + first, from + last));
    }

    private void expect(Kind wanted) {
        if (kind != wanted) {
            throw new IllegalStateException("column '" + name + "' is " + kind + ", not " + wanted);
        }
    }

    private Content content() {
        if (content == null) {
            content = loader.load(0, length);
            loader = null;
        }
        return content;
    }
}
