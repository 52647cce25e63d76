package io.hox.anndata;

import io.hox.source.Column;
import io.hox.source.ValueArrays;
import io.hox.zarr.Values;
import java.util.Arrays;

/** Loads a column of a modality's own cells for the cells of all modalities; missing where a cell was not measured. */
final class ModalityColumn implements Column.Loader {
    /** Rows that are read at once, measured or not. */
    private static final int WINDOW = 1 << 16;

    private final Column column;
    private final MuModality modality;

    private ModalityColumn(Column column, MuModality modality) {
        this.column = column;
        this.modality = modality;
    }

    /** The column under the modality's name, for {@code cells} cells. */
    static Column of(Column column, MuModality modality, String name, int cells) {
        return new Column(
                name,
                column.kind(),
                column.type(),
                cells,
                column.ordered(),
                true,
                new ModalityColumn(column, modality));
    }

    @Override
    public Column.Content load(int from, int to) {
        long[] rows = modality.rows(from, to);
        // Row and cell in one number, so that sorting brings neighbours together; rows are less than 2^31.
        long[] order = new long[rows.length];
        int measured = 0;
        for (int i = 0; i < rows.length; i++) {
            if (rows[i] >= 0) {
                order[measured++] = rows[i] << 32 | i;
            }
        }
        Arrays.sort(order, 0, measured);
        Gathered into = new Gathered(rows.length);
        for (int next = 0; next < measured; ) {
            int start = (int) (order[next] >>> 32);
            int end = (int) Math.min(column.length(), (long) start + WINDOW);
            int last = next;
            while (last < measured && order[last] >>> 32 < end) {
                last++;
            }
            end = (int) (order[last - 1] >>> 32) + 1;
            into.add(column.rows(start, end), start, order, next, last);
            next = last;
        }
        return into.content();
    }

    /** The values of the cells as they come in. */
    private final class Gathered {
        private final boolean[] missing;
        private final String[] strings;
        private final int[] codes;
        private final Values values;
        private Column categories;

        Gathered(int cells) {
            missing = new boolean[cells];
            Arrays.fill(missing, true);
            strings = column.kind() == Column.Kind.STRING ? new String[cells] : null;
            codes = column.kind() == Column.Kind.CATEGORICAL ? new int[cells] : null;
            values = strings == null && codes == null ? Values.allocate(column.type(), cells) : null;
            if (codes != null) {
                Arrays.fill(codes, -1);
            }
        }

        /** Takes the rows that {@code order} names from {@code from} to {@code to}. */
        void add(Column part, int start, long[] order, int from, int to) {
            int[] targets = new int[part.length()];
            Arrays.fill(targets, -1);
            for (int i = from; i < to; i++) {
                int row = (int) (order[i] >>> 32) - start;
                int cell = (int) order[i];
                targets[row] = cell;
                if (strings != null) {
                    strings[cell] = part.strings()[row];
                } else if (codes != null) {
                    codes[cell] = part.codes()[row];
                } else {
                    missing[cell] = part.missing() != null && part.missing()[row];
                }
            }
            if (codes != null) {
                categories = part.categories();
            }
            if (values != null) {
                ValueArrays.scatter(part.values(), targets, targets.length, values);
            }
        }

        Column.Content content() {
            if (strings != null) {
                return Column.Content.strings(strings);
            }
            if (codes != null) {
                return Column.Content.codes(
                        codes, categories == null ? column.rows(0, 0).categories() : categories);
            }
            return Column.Content.values(values, missing);
        }
    }
}
