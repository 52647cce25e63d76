package io.hox.stored.hdf5;

import io.hox.HoxException;
import io.hox.source.ValueArrays;
import io.hox.stored.NumberReader;
import io.hox.stored.RowReader;
import io.hox.stored.StoredArray;
import io.hox.stored.StoredNode;
import io.hox.stored.TextReader;
import io.hox.zarr.DataType;
import io.hox.zarr.Values;
import java.util.Arrays;
import java.util.List;

/**
 * One field of a compound dataset, as tables were before anndata 0.7. All fields are read at once and held: such files
 * are small.
 */
final class CompoundField implements StoredArray {
    private final Hdf5Array table;
    private final String name;
    private final io.jhdf.object.datatype.DataType stored;

    CompoundField(Hdf5Array table, String name, io.jhdf.object.datatype.DataType stored) {
        this.table = table;
        this.name = name;
        this.stored = stored;
    }

    @Override
    public String path() {
        return table.path() + "." + name;
    }

    @Override
    public String file() {
        return table.file();
    }

    @Override
    public String text(String attribute) {
        return null;
    }

    @Override
    public String[] texts(String attribute) {
        return null;
    }

    @Override
    public long[] numbers(String attribute) {
        return null;
    }

    @Override
    public long number(String attribute) {
        return 0;
    }

    @Override
    public boolean flag(String attribute) {
        return false;
    }

    @Override
    public long[] shape() {
        return table.shape();
    }

    @Override
    public DataType type() {
        ElementType type = ElementType.of(stored);
        return type == null ? null : type.type();
    }

    @Override
    public boolean isText() {
        return StringReader.isText(stored);
    }

    @Override
    public String typeName() {
        return Datasets.typeName(stored);
    }

    @Override
    public long mostElements() {
        return table.mostElements();
    }

    @Override
    public NumberReader numberReader() {
        Values values = Datasets.values(table.file, path(), ElementType.of(stored), table.values(name));
        return new Numbers(checked(values, values.length()));
    }

    @Override
    public TextReader textReader() {
        String[] strings = table.values(name) instanceof String[] texts ? texts : new String[0];
        return new Texts(checked(strings, strings.length));
    }

    private <T> T checked(T values, int length) {
        if (length != wholeLength()) {
            throw failure("has " + length + " values in a table of " + wholeLength() + " rows. The file is damaged");
        }
        return values;
    }

    @Override
    public RowReader rowReader(long memory) {
        throw failure("has one dimension where two are needed");
    }

    @Override
    public List<String> fields() {
        return null;
    }

    @Override
    public StoredArray field(String field) {
        throw failure("has no field '" + field + "'");
    }

    @Override
    public StoredNode referenced(String attribute) {
        return null;
    }

    @Override
    public HoxException failure(String what) {
        return table.file.failure(path(), what);
    }

    private record Numbers(Values values) implements NumberReader {
        @Override
        public DataType type() {
            return values.type();
        }

        @Override
        public long length() {
            return values.length();
        }

        @Override
        public void read(long from, int n, Values into, int at) {
            ValueArrays.copy(values, (int) from, into, at, n);
        }

        @Override
        public void close() {}
    }

    private record Texts(String[] strings) implements TextReader {
        @Override
        public String[] read(long from, int n) {
            return Arrays.copyOfRange(strings, (int) from, (int) from + n);
        }

        @Override
        public void close() {}
    }
}
