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
        String[] strings = new String[to - from];
        long characters = 0;
        for (int done = 0; done < strings.length; done += StoredArray.STRINGS_AT_ONCE) {
            int n = Math.min(StoredArray.STRINGS_AT_ONCE, strings.length - done);
            String[] some = reader.read((long) from + done, n);
            for (String text : some) {
                characters += text.length();
            }
            if (characters > StoredArray.MOST_CHARACTERS) {
                throw array.failure("holds more than " + (StoredArray.MOST_CHARACTERS >> 20)
                        + " Mi characters of text. Leave the column out or make it categorical");
            }
            System.arraycopy(some, 0, strings, done, n);
        }
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
