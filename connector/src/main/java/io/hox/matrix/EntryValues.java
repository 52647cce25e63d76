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

    /** As the other, with arrays of its own. */
    static Values of(Values raw, LayerColumn column, Entries entries, Errors errors) {
        return of(raw, column, entries, errors, new Buffers());
    }

    /**
     * @param raw stored values of all raw entries; the result may be in their array where all entries are kept as they are
     * @param buffers where other arrays for the result come from
     */
    static Values of(Values raw, LayerColumn column, Entries entries, Errors errors, Buffers buffers) {
        Values kept = raw;
        if (entries.from != null) {
            kept = buffers.take(raw.type(), entries.kept);
            Gather.pick(raw, entries.from, entries.kept, kept);
        }
        Values values = Conversion.convert(
                kept,
                entries.kept,
                column.type(),
                (entry, value) -> errors.value(entries.rowOfKept(entry), entries.indexOfKept(entry), value));
        if (kept != raw && values.array() != kept.array()) {
            buffers.give(kept);
        }
        return entries.runs == null
                ? values
                : Join.runs(
                        values,
                        entries.runs,
                        entries.count,
                        entry -> errors.sum(entries.rowOf(entry), entries.indices[entry]));
    }
}
