package io.hox.anndata;

import io.hox.HoxException;
import io.hox.source.DataFrame;
import io.hox.stored.Integers;
import io.hox.stored.NumberReader;
import io.hox.stored.StoredArray;
import io.hox.zarr.Values;
import java.util.HashMap;
import java.util.Map;

/** Finds the row that each cell of a MuData has in one of its modalities. */
interface CellMap {
    /** A row for each cell from {@code from} (included) to {@code to} (excluded), -1 where it was not measured. */
    long[] rows(int from, int to);

    /**
     * By the array that says so.
     *
     * @param stored the row of each cell from 1 on, 0 for none
     * @param rows how many rows there are
     */
    static CellMap of(StoredArray stored, int rows) {
        NumberReader reader = stored.numberReader();
        if (reader.type().isFloat()) {
            throw stored.failure("holds fractions where numbers of rows are needed");
        }
        return (from, to) -> {
            Values values = Values.allocate(reader.type(), to - from);
            reader.read(from, to - from, values, 0);
            long[] found = new long[to - from];
            for (int i = 0; i < found.length; i++) {
                long row = Integers.at(values, i);
                if (row < 0 || row > rows) {
                    throw stored.failure("gives cell " + (from + i) + " the row " + row + " of a modality of " + rows
                            + " rows (0 is none). The file is damaged");
                }
                found[i] = row - 1;
            }
            return found;
        };
    }

    /** By the names of the cells, as old files need it; all names of the modality are held. */
    static CellMap byName(DataFrame cells, AnnData modality, String key) {
        String[] names = modality.obs().index();
        Map<String, Integer> rows = new HashMap<>(2 * names.length);
        for (int row = 0; row < names.length; row++) {
            if (rows.put(names[row], row) != null) {
                throw new HoxException(
                        modality.name() + ": modality '" + key + "' has several cells of the name '" + names[row]
                                + "', and nothing but names says which cell is which. Write the file again with a newer mudata.");
            }
        }
        return (from, to) -> {
            String[] wanted = cells.rows(from, to).index();
            long[] found = new long[wanted.length];
            for (int i = 0; i < found.length; i++) {
                found[i] = rows.getOrDefault(wanted[i], -1);
            }
            return found;
        };
    }
}
