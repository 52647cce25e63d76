package io.hox.index;

import io.hox.atlas.PointerColumn;
import io.hox.lance.LanceTableRef;
import java.io.Serializable;
import java.util.List;

/**
 * A pointer column of a cell table.
 *
 * @param table the table, pinned
 * @param pointer a sparse one
 */
record PointerSource(LanceTableRef table, PointerColumn pointer) implements Serializable {
    String group() {
        return child(PointerColumn.GROUP);
    }

    String start() {
        return child("start");
    }

    String end() {
        return child("end");
    }

    String row() {
        return child("zarr_row");
    }

    List<String> columns() {
        return List.of(group(), start(), end(), row());
    }

    private String child(String name) {
        return pointer.name() + "." + name;
    }
}
