package io.hox.spark;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import org.apache.arrow.vector.VectorSchemaRoot;

/** How many bytes the arrays of some rows take, from their pointers; remembers which groups it met. */
final class PointerCosts {
    private final List<PointerWindow> columns = new ArrayList<>();

    /**
     * @param pointers the columns whose arrays are read, at least one
     * @param shapes asked once for every group that a cell points to, in any thread
     */
    PointerCosts(List<OutputColumn.Pointer> pointers, BiFunction<OutputColumn.Pointer, String, GroupShape> shapes) {
        for (OutputColumn.Pointer pointer : pointers) {
            columns.add(new PointerWindow(pointer, group -> shapes.apply(pointer, group)));
        }
    }

    /** What to ask of Lance. */
    List<String> lanceColumns() {
        List<String> names = new ArrayList<>();
        for (PointerWindow column : columns) {
            names.addAll(column.lanceColumns());
        }
        return names;
    }

    /** The pointers by column; the first one decides where shards begin. */
    List<PointerWindow> columns() {
        return columns;
    }

    void add(VectorSchemaRoot batch) {
        for (PointerWindow column : columns) {
            column.add(batch);
        }
    }

    /** Finds out what must be known of the rows that were added; to be called before anything is asked about them. */
    void settle() {
        for (PointerWindow column : columns) {
            column.settle();
        }
    }

    /** Forgets the rows, but not their groups. */
    void clear() {
        for (PointerWindow column : columns) {
            column.clear();
        }
    }

    /** Decoded bytes of the row's indices and layers. */
    long bytes(int row) {
        long bytes = 0;
        for (PointerWindow column : columns) {
            bytes += column.bytes(row);
        }
        return bytes;
    }

    /** The groups met so far, by pointer column. */
    Map<String, Set<String>> groups() {
        Map<String, Set<String>> groups = new HashMap<>();
        for (PointerWindow column : columns) {
            groups.put(column.pointer().name(), new LinkedHashSet<>(column.groups()));
        }
        return groups;
    }
}
