package io.hox.anndata;

import io.hox.source.Column;
import io.hox.stored.StoredArray;
import io.hox.stored.StoredGroup;
import io.hox.stored.StoredNode;
import io.hox.zarr.DataType;
import java.util.List;
import java.util.function.Supplier;

/** Makes a {@link Column} of what lies in a dataframe group, whatever encoding it has. */
final class ColumnReader {
    private static final int ANY_LENGTH = -1;

    private ColumnReader() {}

    /** The index of a dataframe, or categories: any kind of column, of its own length. */
    static Column index(String name, StoredNode node) {
        return column(name, null, node, ANY_LENGTH);
    }

    /**
     * A column of {@code rows} rows; an error where it has another length or an unknown encoding.
     *
     * @param frame the table that {@code node} lies in; null where it is no column of one
     */
    static Column column(String name, StoredGroup frame, StoredNode node, int rows) {
        if (node instanceof StoredArray array) {
            return array(name, frame, array, rows);
        }
        StoredGroup group = (StoredGroup) node;
        String encoding = String.valueOf(group.text("encoding-type"));
        List<String> names = group.names();
        if (encoding.equals("categorical") || names.contains("codes")) {
            StoredNode categories = group.child("categories");
            return categorical(name, group.array("codes"), categories, group.flag("ordered"), rows);
        }
        if (encoding.startsWith("nullable-") || names.contains("mask")) {
            return nullable(name, group.array("values"), group.array("mask"), rows);
        }
        throw group.failure("has the encoding '" + encoding + "', which is not known");
    }

    private static Column array(String name, StoredGroup frame, StoredArray array, int rows) {
        // anndata 0.7 keeps the categories of a table's columns in a group of their own, older ones refer to them.
        StoredGroup legacy = frame == null ? null : frame.group("__categories");
        StoredNode categories = legacy == null ? null : legacy.child(name);
        if (categories == null) {
            categories = array.referenced("categories");
        }
        if (categories != null) {
            return categorical(name, array, categories, categories.flag("ordered"), rows);
        }
        return plain(name, array, null, length(array, rows));
    }

    private static Column categorical(
            String name, StoredArray codes, StoredNode categories, boolean ordered, int rows) {
        if (categories == null) {
            throw codes.failure("has no categories. The file is damaged");
        }
        return categorical(name, codes, () -> index(name, categories), ordered, length(codes, rows));
    }

    static Column categorical(
            String name, StoredArray codes, Supplier<Column> categories, boolean ordered, int length) {
        if (codes.type() == null || codes.type().isFloat()) {
            throw codes.failure("holds no whole numbers where codes of categories are needed");
        }
        CategoryColumn loader = new CategoryColumn(codes, categories);
        return new Column(name, Column.Kind.CATEGORICAL, null, length, ordered, true, loader);
    }

    private static Column nullable(String name, StoredArray values, StoredArray mask, int rows) {
        int length = length(values, rows);
        if (length(mask, length) != length) {
            throw mask.failure("is no mask of the values beside it");
        }
        return plain(name, values, new Mask(mask), length);
    }

    /** A column of text or numbers. */
    static Column plain(String name, StoredArray array, Mask mask, int length) {
        boolean nullable = mask != null;
        if (array.isText()) {
            return new Column(name, Column.Kind.STRING, null, length, false, nullable, new TextColumn(array, mask));
        }
        DataType type = array.numberType();
        return new Column(name, Column.kindOf(type), type, length, false, nullable, new NumberColumn(array, mask));
    }

    private static int length(StoredArray array, int rows) {
        if (array.shape().length == 0 && rows == ANY_LENGTH) {
            return 1;
        }
        int length = array.wholeLength();
        if (rows != ANY_LENGTH && length != rows) {
            throw array.failure("has " + length + " values but its table has " + rows + " rows. The file is damaged");
        }
        return length;
    }
}
