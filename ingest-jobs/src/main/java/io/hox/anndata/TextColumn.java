package io.hox.anndata;

import io.hox.source.Column;
import io.hox.stored.StoredArray;
import io.hox.stored.TextReader;

/** Loads rows of a column of text. */
final class TextColumn implements Column.Loader {
    private final StoredArray array;
    private final Mask mask;
    private TextReader reader;

    /** @param mask null where no value is missing */
    TextColumn(StoredArray array, Mask mask) {
        this.array = array;
        this.mask = mask;
    }

    @Override
    public Column.Content load(int from, int to) {
        if (reader == null) {
            reader = array.textReader();
        }
        String[] strings = array.readTexts(reader, from, to - from);
        if (mask != null) {
            boolean[] missing = mask.read(from, to);
            for (int i = 0; i < missing.length; i++) {
                if (missing[i]) {
                    strings[i] = null;
                }
            }
        }
        return Column.Content.strings(strings);
    }
}
