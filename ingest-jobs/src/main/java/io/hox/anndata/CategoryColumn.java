package io.hox.anndata;

import io.hox.source.Column;
import io.hox.stored.Integers;
import io.hox.stored.NumberReader;
import io.hox.stored.StoredArray;
import io.hox.zarr.Values;
import java.util.function.Supplier;

/** Loads rows of a categorical column; the categories are read once. */
final class CategoryColumn implements Column.Loader {
    private final StoredArray codes;
    private final Supplier<Column> open;
    private NumberReader reader;
    private Column categories;

    CategoryColumn(StoredArray codes, Supplier<Column> categories) {
        this.codes = codes;
        this.open = categories;
    }

    @Override
    public Column.Content load(int from, int to) {
        if (reader == null) {
            reader = codes.numberReader();
            categories = open.get();
        }
        Values stored = Values.allocate(reader.type(), to - from);
        reader.read(from, to - from, stored, 0);
        int known = categories.length();
        int[] checked = new int[to - from];
        for (int i = 0; i < checked.length; i++) {
            long code = Integers.at(stored, i);
            if (code < -1 || code >= known) {
                throw codes.failure("has the code " + code + " in row " + (from + i) + " but there are only " + known
                        + " categories. The file is damaged");
            }
            checked[i] = (int) code;
        }
        return Column.Content.codes(checked, categories);
    }
}
