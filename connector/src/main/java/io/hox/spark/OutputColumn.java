package io.hox.spark;

import io.hox.atlas.PointerColumn;
import io.hox.atlas.PointerKind;
import io.hox.matrix.ArrayPaths;
import io.hox.matrix.ColumnPaths;
import io.hox.matrix.FeatureAxis;
import io.hox.matrix.LayerColumn;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;

/** A column that a scan returns, after pruning. */
sealed interface OutputColumn extends Serializable {

    /** The column's name in Spark and in Lance. */
    String name();

    DataType type();

    /** What to ask of Lance for it. */
    List<String> lanceColumns();

    /**
     * A column of cell metadata.
     *
     * @param type as read, with struct children pruned
     */
    record Obs(String name, DataType type) implements OutputColumn {
        @Override
        public List<String> lanceColumns() {
            return List.of(name);
        }
    }

    /**
     * A struct made from a pointer column.
     *
     * @param pointer the column in Lance
     * @param type the selected children
     * @param matrix whether the cells of the space are rows of a matrix
     * @param paths where the numbers are; null when no child needs them
     * @param layers the selected layers, as read
     * @param axis the features to keep
     * @param copies where groups may have feature-major copies; null where the space knows none
     * @param featureMajor the groups that are read from their copies
     */
    record Pointer(
            PointerColumn pointer,
            StructType type,
            boolean matrix,
            ArrayPaths paths,
            List<LayerColumn> layers,
            FeatureAxis axis,
            ColumnPaths copies,
            Set<String> featureMajor)
            implements OutputColumn {

        public Pointer {
            layers = List.copyOf(layers);
            featureMajor = Set.copyOf(featureMajor);
        }

        @Override
        public String name() {
            return pointer.name();
        }

        Pointer withAxis(FeatureAxis other) {
            return new Pointer(pointer, type, matrix, paths, layers, other, copies, featureMajor);
        }

        Pointer withFeatureMajor(Set<String> groups) {
            return new Pointer(pointer, type, matrix, paths, layers, axis, copies, groups);
        }

        /** Whether Zarr has to be read. */
        boolean readsArrays() {
            return paths != null;
        }

        @Override
        public List<String> lanceColumns() {
            List<String> columns = new ArrayList<>();
            // Whether the cell was assayed shows in this child alone.
            columns.add(child(PointerStruct.GROUP));
            for (String name : type.fieldNames()) {
                String lanceName = lanceChild(name);
                if (lanceName != null && !columns.contains(child(lanceName))) {
                    columns.add(child(lanceName));
                }
            }
            if (readsArrays()) {
                List<String> needed = pointer.kind() == PointerKind.SPARSE
                        ? List.of(PointerStruct.START, PointerStruct.END)
                        : List.of(PointerStruct.POSITION);
                for (String name : needed) {
                    if (!columns.contains(child(name))) {
                        columns.add(child(name));
                    }
                }
                if (!featureMajor.isEmpty() && !columns.contains(child(PointerStruct.ROW))) {
                    columns.add(child(PointerStruct.ROW));
                }
            }
            return columns;
        }

        /** The pointer child that a selected child shows; null for indices and layers. */
        String lanceChild(String name) {
            return PointerStruct.lanceChild(pointer.kind(), matrix, name);
        }

        /** The name under which Lance returns a child. */
        String child(String name) {
            return pointer.name() + "." + name;
        }
    }
}
