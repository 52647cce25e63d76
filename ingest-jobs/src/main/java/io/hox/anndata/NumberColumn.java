package io.hox.anndata;

import io.hox.source.Column;
import io.hox.stored.NumberReader;
import io.hox.stored.StoredArray;
import io.hox.zarr.Values;

/** Loads rows of a column of numbers or booleans. */
final class NumberColumn implements Column.Loader {
    private final StoredArray array;
    private final Mask mask;
    private NumberReader reader;

    /** @param mask null where no value is missing */
    NumberColumn(StoredArray array, Mask mask) {
        this.array = array;
        this.mask = mask;
    }

    @Override
    public Column.Content load(int from, int to) {
        if (reader == null) {
            reader = array.numberReader();
        }
        Values values = Values.allocate(reader.type(), to - from);
        reader.read(from, to - from, values, 0);
        return Column.Content.values(values, mask == null ? null : mask.read(from, to));
    }
}
