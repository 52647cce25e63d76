package io.hox.h5ad;

import io.hox.HoxException;
import io.hox.source.Column;
import io.hox.source.DataFrame;
import io.hox.source.ValueArrays;
import io.hox.zarr.DataType;
import io.hox.zarr.Values;
import java.util.Arrays;
import java.util.HashSet;
import java.util.TreeMap;

/** Writes annotation tables as anndata's dataframes, in encodings that every anndata since 0.8 reads. */
final class FrameWriter {
    private final HdfOutput out;
    private final int level;

    FrameWriter(HdfOutput out, int level) {
        this.out = out;
        this.level = level;
    }

    long write(DataFrame frame) {
        ObjectHeader group = ObjectHeader.group();
        String index = frame.indexName();
        checkName(index);
        group.link(index, strings(frame.index(), "index '" + index + "'"));
        String[] names = new String[frame.columns().size()];
        for (int i = 0; i < names.length; i++) {
            Column column = frame.columns().get(i);
            names[i] = column.name();
            checkName(names[i]);
            if (names[i].equals(index) || names[i].equals("_index")) {
                throw new HoxException(
                        "A column is named '" + names[i] + "' like the index of its table. Rename the column.");
            }
            group.link(names[i], column(column));
        }
        group.attribute(out.text("encoding-type", "dataframe"));
        group.attribute(out.text("encoding-version", "0.2.0"));
        group.attribute(out.text("_index", index));
        return out.append(group.attribute(out.texts("column-order", names)));
    }

    private static void checkName(String name) {
        if (name.isEmpty() || name.equals(".") || name.indexOf('/') >= 0 || name.indexOf('\0') >= 0) {
            throw new HoxException("A column cannot be named '" + name
                    + "' in an h5ad file: HDF5 names have no slash and are not empty. Rename or leave it out.");
        }
    }

    private long column(Column column) {
        return switch (column.kind()) {
            case STRING -> text(column.name(), column.strings());
            case CATEGORICAL -> categorical(column.name(), column.codes(), column.categories(), column.ordered());
            case FLOAT -> array(withoutMissing(column));
            case BOOL -> column.missing() == null ? array(column.values()) : nullable(column, "nullable-boolean");
            case INTEGER -> column.missing() == null ? array(column.values()) : nullable(column, "nullable-integer");
        };
    }

    /** Text with missing values becomes categorical: arrays of nullable strings are new and many readers lack them. */
    private long text(String name, String[] strings) {
        if (!Arrays.asList(strings).contains(null)) {
            return strings(strings, "column '" + name + "'");
        }
        TreeMap<String, Integer> codes = new TreeMap<>();
        for (String text : strings) {
            if (text != null) {
                codes.put(text, 0);
            }
        }
        int next = 0;
        for (var entry : codes.entrySet()) {
            entry.setValue(next++);
        }
        int[] coded = new int[strings.length];
        for (int i = 0; i < coded.length; i++) {
            coded[i] = strings[i] == null ? -1 : codes.get(strings[i]);
        }
        Column categories = Column.strings(name, codes.keySet().toArray(new String[0]));
        return categorical(name, coded, categories, false);
    }

    private long strings(String[] strings, String what) {
        ChunkedOutput dataset = ChunkedOutput.strings(out, level);
        for (String text : strings) {
            if (text == null) {
                throw new HoxException("The " + what + " has a missing value where text is needed.");
            }
            dataset.append(text);
        }
        return out.append(encoded(dataset.finish(), "string-array", "0.2.0"));
    }

    private long categorical(String name, int[] codes, Column categories, boolean ordered) {
        String[] texts = categories.texts();
        if (new HashSet<>(Arrays.asList(texts)).size() != texts.length) {
            throw new HoxException("The categories of column '" + name + "' are not distinct.");
        }
        ObjectHeader group = encoded(ObjectHeader.group(), "categorical", "0.2.0");
        group.attribute(out.flag("ordered", ordered));
        boolean text = categories.kind() == Column.Kind.STRING;
        group.link("categories", text ? strings(texts, "categories of '" + name + "'") : array(categories.values()));
        return out.append(group.link("codes", array(narrowest(codes, texts.length))));
    }

    private static Values narrowest(int[] codes, int categories) {
        if (categories > Short.MAX_VALUE) {
            return Values.of(DataType.INT32, codes);
        }
        DataType type = categories > Byte.MAX_VALUE ? DataType.INT16 : DataType.INT8;
        Values values = Values.allocate(type, codes.length);
        for (int i = 0; i < codes.length; i++) {
            if (type == DataType.INT8) {
                values.bytes()[i] = (byte) codes[i];
            } else {
                values.shorts()[i] = (short) codes[i];
            }
        }
        return values;
    }

    private static Values withoutMissing(Column column) {
        boolean[] missing = column.missing();
        if (missing == null) {
            return column.values();
        }
        Values values = ValueArrays.slice(column.values(), 0, column.length());
        for (int i = 0; i < missing.length; i++) {
            if (missing[i] && values.type() == DataType.FLOAT32) {
                values.floats()[i] = Float.NaN;
            } else if (missing[i]) {
                values.doubles()[i] = Double.NaN;
            }
        }
        return values;
    }

    private long nullable(Column column, String encoding) {
        boolean[] missing = column.missing();
        byte[] mask = new byte[missing.length];
        for (int i = 0; i < mask.length; i++) {
            mask[i] = (byte) (missing[i] ? 1 : 0);
        }
        ObjectHeader group = encoded(ObjectHeader.group(), encoding, "0.1.0");
        group.link("values", array(column.values()));
        return out.append(group.link("mask", array(Values.of(DataType.BOOL, mask))));
    }

    private long array(Values values) {
        ChunkedOutput dataset = ChunkedOutput.of(out, values.type(), level);
        dataset.append(values, 0, values.length());
        return out.append(encoded(dataset.finish(), "array", "0.2.0"));
    }

    private ObjectHeader encoded(ObjectHeader header, String type, String version) {
        return header.attribute(out.text("encoding-type", type)).attribute(out.text("encoding-version", version));
    }
}
