package io.hox.anndata;

import io.hox.HoxException;
import io.hox.source.Column;
import io.hox.source.DataFrame;
import io.hox.stored.StoredArray;
import io.hox.stored.StoredGroup;
import io.hox.stored.StoredNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads annotation tables: groups of columns, or the single array of anndata before 0.7. */
final class DataFrameReader {
    private DataFrameReader() {}

    /** The table under that name at the root, in {@code raw} or in a modality. */
    static DataFrame read(StoredGroup parent, String name) {
        StoredNode node = parent.child(name);
        if (node == null) {
            throw new HoxException(parent.file() + " has no '" + name + "' in " + parent.path()
                    + ". It is a file of the right kind but no AnnData; give one that anndata wrote.");
        }
        return node instanceof StoredArray table ? FieldTable.read(parent, table) : read((StoredGroup) node);
    }

    private static DataFrame read(StoredGroup group) {
        String indexName = group.text("_index");
        if (indexName == null) {
            throw group.failure("has no attribute '_index' and so is no table of anndata's");
        }
        StoredNode indexNode = group.child(indexName);
        if (indexNode == null) {
            throw group.failure("names '" + indexName + "' as its index but has no such column");
        }
        Column index = ColumnReader.index(indexName, indexNode);
        List<Column> read = new ArrayList<>();
        Map<String, String> unreadable = new LinkedHashMap<>();
        for (String name : order(group, indexName)) {
            StoredNode node = group.child(name);
            if (node == null) {
                throw group.failure("lists a column '" + name + "' that is not there");
            }
            try {
                read.add(ColumnReader.column(name, group, node, index.length()));
            } catch (HoxException e) {
                unreadable.put(name, e.getMessage());
            }
        }
        return new DataFrame(index, read, unreadable);
    }

    private static List<String> order(StoredGroup group, String indexName) {
        String[] listed = group.texts("column-order");
        if (listed != null) {
            return Arrays.asList(listed);
        }
        List<String> names = new ArrayList<>(group.names());
        names.remove(indexName);
        names.remove("__categories");
        return names;
    }
}
