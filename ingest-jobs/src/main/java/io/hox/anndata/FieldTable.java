package io.hox.anndata;

import io.hox.source.Column;
import io.hox.source.DataFrame;
import io.hox.stored.StoredArray;
import io.hox.stored.StoredGroup;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A table of anndata before 0.7: one array of fields, the first the index, categories apart in uns. */
final class FieldTable {
    private FieldTable() {}

    static DataFrame read(StoredGroup root, StoredArray table) {
        List<String> fields = table.fields();
        if (fields == null) {
            throw table.failure("is neither a group nor a table. The file is no AnnData");
        }
        int rows = table.wholeLength();
        List<Column> read = new ArrayList<>();
        Map<String, String> unreadable = new LinkedHashMap<>();
        for (String name : fields) {
            StoredArray field = table.field(name);
            if (field.isText() || field.type() != null) {
                read.add(column(root, name, field, rows));
            } else {
                unreadable.put(name, table.path() + " holds it in a type that is not supported");
            }
        }
        if (read.isEmpty() || !read.get(0).name().equals(fields.get(0))) {
            throw table.failure("has no index");
        }
        return new DataFrame(read.get(0), read.subList(1, read.size()), unreadable);
    }

    private static Column column(StoredGroup root, String name, StoredArray field, int rows) {
        StoredGroup uns = root.group("uns");
        boolean codes = !field.isText() && !field.type().isFloat();
        if (codes && uns != null && uns.child(name + "_categories") instanceof StoredArray categories) {
            return ColumnReader.categorical(name, field, () -> ColumnReader.index(name, categories), false, rows);
        }
        return ColumnReader.plain(name, field, null, rows);
    }
}
