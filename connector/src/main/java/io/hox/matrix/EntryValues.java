package io.hox.matrix;

import io.hox.HoxException;
import io.hox.zarr.Values;

/** The values of a layer, put where their {@link Entries} are and given the type of their column. */
final class EntryValues {

    /** The errors about an entry, by its row and index. */
    interface Errors {
        HoxException value(int row, int index, String value);

        HoxException sum(int row, int index);
    }

    private EntryValues() {}

    /** @param raw stored values of all raw entries, given up by the caller; exactly those where all entries are kept */
    static Values of(Values raw, LayerColumn column, Entries entries, Errors errors) {
        Values kept = entries.from == null ? raw : Gather.pick(raw, entries.from, entries.kept);
        Values values = Conversion.convert(
                kept,
                column.type(),
                (entry, value) -> errors.value(entries.rowOfKept(entry), entries.indexOfKept(entry), value));
        return entries.runs == null
                ? values
                : Join.runs(
                        values,
                        entries.runs,
                        entries.count,
                        entry -> errors.sum(entries.rowOf(entry), entries.indices[entry]));
    }
}
