package io.hox.h5ad;

import io.hox.HoxException;
import io.hox.source.Column;
import io.hox.zarr.Values;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import io.jhdf.object.datatype.DataType;

/** Makes a {@link Column} of an object in a dataframe group, whatever encoding it has. */
final class ColumnReader {
    private static final int ANY_LENGTH = -1;

    private final Hdf5 file;

    ColumnReader(Hdf5 file) {
        this.file = file;
    }

    /** The index of a dataframe: any kind of column, whose length sets the frame's. */
    Column index(String name, Node node) {
        return column(name, node, ANY_LENGTH);
    }

    /** A column of {@code rows} rows; an error where it has another length or an unknown encoding. */
    Column column(String name, Node node, int rows) {
        if (node instanceof Dataset dataset) {
            return dataset(name, dataset, rows);
        }
        Group group = (Group) node;
        String encoding = String.valueOf(file.text(group, "encoding-type"));
        if (encoding.equals("categorical") || group.getChildren().containsKey("codes")) {
            Dataset codes = file.dataset(group, "codes");
            Node categories = file.child(group, "categories");
            return categorical(name, codes, categories, file.flag(group, "ordered"), rows);
        }
        if (encoding.startsWith("nullable-") || group.getChildren().containsKey("mask")) {
            return nullable(name, file.dataset(group, "values"), file.dataset(group, "mask"), rows);
        }
        throw file.failure(group.getPath(), "has the encoding '" + encoding + "', which is not known");
    }

    private Column dataset(String name, Dataset dataset, int rows) {
        Object reference = file.attribute(dataset, "categories");
        Node legacy = legacyCategories(name, dataset);
        if (reference != null || legacy != null) {
            Node categories = legacy != null
                    ? legacy
                    : file.nodeAt(((Number) reference).longValue(), dataset.getPath() + "@categories");
            return categorical(name, dataset, categories, file.flag(categories, "ordered"), rows);
        }
        int length = length(dataset, rows);
        if (StringReader.isText(file.guarded(dataset.getPath(), dataset::getDataType))) {
            return new Column(
                    name,
                    Column.Kind.STRING,
                    null,
                    length,
                    false,
                    false,
                    Column.Loader.whole(() -> strings(dataset, null)));
        }
        return numbers(name, dataset, null, length);
    }

    /** anndata 0.7 keeps the categories of a dataframe's columns in a group of their own. */
    private Node legacyCategories(String name, Dataset dataset) {
        Node group = file.child(dataset.getParent(), "__categories");
        return group instanceof Group categories ? file.child(categories, name) : null;
    }

    Column categorical(String name, Dataset codes, Node categories, boolean ordered, int rows) {
        int length = length(codes, rows);
        DataType type = file.guarded(codes.getPath(), codes::getDataType);
        ElementType element = ElementType.of(type);
        if (element == null || element.type().isFloat()) {
            throw file.failure(codes.getPath(), "holds no whole numbers where codes of categories are needed");
        }
        if (categories == null) {
            throw file.failure(codes.getPath(), "has no categories. The file is damaged");
        }
        return new Column(name, Column.Kind.CATEGORICAL, null, length, ordered, true, Column.Loader.whole(() -> {
            Column known = column(name, categories, ANY_LENGTH);
            return Column.Content.codes(Codes.read(file, codes, known.length()), known);
        }));
    }

    private Column nullable(String name, Dataset values, Dataset mask, int rows) {
        int length = length(values, rows);
        if (length(mask, length) != length || Datasets.elementType(file, mask).bytes() != 1) {
            throw file.failure(mask.getPath(), "is no mask of the values beside it");
        }
        if (StringReader.isText(file.guarded(values.getPath(), values::getDataType))) {
            return new Column(
                    name,
                    Column.Kind.STRING,
                    null,
                    length,
                    false,
                    true,
                    Column.Loader.whole(() -> strings(values, mask)));
        }
        return numbers(name, values, mask, length);
    }

    private Column numbers(String name, Dataset dataset, Dataset mask, int length) {
        io.hox.zarr.DataType type = Datasets.elementType(file, dataset).type();
        boolean nullable = mask != null;
        return new Column(name, Column.kindOf(type), type, length, false, nullable, Column.Loader.whole(() -> {
            Values values = ArrayReader.readAll(file, dataset);
            return Column.Content.values(values, mask == null ? null : flags(mask));
        }));
    }

    private Column.Content strings(Dataset dataset, Dataset mask) {
        String[] strings = StringReader.readAll(file, dataset);
        boolean[] missing = mask == null ? null : flags(mask);
        for (int i = 0; missing != null && i < strings.length; i++) {
            if (missing[i]) {
                strings[i] = null;
            }
        }
        return Column.Content.strings(strings);
    }

    private boolean[] flags(Dataset mask) {
        byte[] bytes = ArrayReader.readAll(file, mask).bytes();
        boolean[] flags = new boolean[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            flags[i] = bytes[i] != 0;
        }
        return flags;
    }

    private int length(Dataset dataset, int rows) {
        long[] shape = Datasets.shape(file, dataset);
        if (shape.length == 0 && rows == ANY_LENGTH) {
            return 1;
        }
        int length = Datasets.wholeLength(file, dataset);
        if (rows != ANY_LENGTH && length != rows) {
            throw new HoxException(file.path() + ": " + dataset.getPath() + " has " + length
                    + " values but its table has " + rows + " rows. The file is damaged.");
        }
        return length;
    }
}
