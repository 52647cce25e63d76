package io.hox.h5ad;

import io.hox.HoxException;
import io.hox.source.Column;
import io.hox.source.DataFrame;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads obs and var: groups of columns, or the single compound dataset of anndata before 0.7. */
final class DataFrameReader {
    private final Hdf5 file;
    private final ColumnReader columns;

    DataFrameReader(Hdf5 file) {
        this.file = file;
        this.columns = new ColumnReader(file);
    }

    /** The table under that name at the root or in {@code raw}. */
    DataFrame read(Group parent, String name) {
        Node node = file.child(parent, name);
        if (node == null) {
            throw new HoxException(file.path() + " has no '" + name + "' in " + parent.getPath()
                    + ". It is an HDF5 file but no h5ad file; give one that anndata wrote.");
        }
        return node instanceof Dataset dataset ? new CompoundFrame(file, columns).read(dataset) : read((Group) node);
    }

    private DataFrame read(Group group) {
        String indexName = file.text(group, "_index");
        if (indexName == null) {
            throw file.failure(group.getPath(), "has no attribute '_index' and so is no table of anndata's");
        }
        Node indexNode = file.child(group, indexName);
        if (indexNode == null) {
            throw file.failure(group.getPath(), "names '" + indexName + "' as its index but has no such column");
        }
        Column index = columns.index(indexName, indexNode);
        List<Column> read = new ArrayList<>();
        Map<String, String> unreadable = new LinkedHashMap<>();
        for (String name : order(group, indexName)) {
            Node node = file.child(group, name);
            if (node == null) {
                throw file.failure(group.getPath(), "lists a column '" + name + "' that is not there");
            }
            try {
                read.add(columns.column(name, node, index.length()));
            } catch (HoxException e) {
                unreadable.put(name, e.getMessage());
            }
        }
        return new DataFrame(index, read, unreadable);
    }

    private List<String> order(Group group, String indexName) {
        Object listed = file.attribute(group, "column-order");
        if (listed instanceof String[] names) {
            return List.of(names);
        }
        if (listed instanceof String name) {
            return List.of(name);
        }
        List<String> names = new ArrayList<>();
        if (file.guarded(group.getPath(), () -> group.getAttribute("column-order")) == null) {
            names.addAll(file.guarded(group.getPath(), group::getChildren).keySet());
            names.remove(indexName);
            names.remove("__categories");
        }
        return names;
    }
}
