package io.hox.spark;

import io.hox.atlas.PointerKind;
import io.hox.matrix.LayerColumn;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** The shape of the struct that a pointer column becomes: the pointer's own children, then indices and layers. */
final class PointerStruct {
    /** Children in Lance, and in Spark where they have the same name. */
    static final String GROUP = "zarr_group";

    static final String ROW = "zarr_row";
    static final String START = "start";
    static final String END = "end";
    static final String POSITION = "position";
    static final String MIN_CORNER = "min_corner";
    static final String MAX_CORNER = "max_corner";

    /** Global feature indices, only in Spark. */
    static final String INDICES = "indices";

    private PointerStruct() {}

    /** The struct of a space whose cells are rows of a matrix. */
    static StructType matrix(List<LayerColumn> layers) {
        List<StructField> children = new ArrayList<>();
        children.add(field(GROUP, DataTypes.StringType, false));
        children.add(field(ROW, DataTypes.LongType, true));
        children.add(field(INDICES, DataTypes.createArrayType(DataTypes.IntegerType, false), false));
        for (LayerColumn layer : layers) {
            DataType values = DataTypes.createArrayType(SparkTypes.of(layer.type()), false);
            children.add(field(layer.name(), values, true));
        }
        return DataTypes.createStructType(children);
    }

    /** The struct of any other space: where the cell's data are. */
    static StructType pointerOnly(PointerKind kind) {
        DataType corner = DataTypes.createArrayType(DataTypes.LongType, true);
        List<StructField> children = new ArrayList<>();
        children.add(field(GROUP, DataTypes.StringType, false));
        switch (kind) {
            case SPARSE -> {
                children.add(field(ROW, DataTypes.LongType, true));
                children.add(field(START, DataTypes.LongType, true));
                children.add(field(END, DataTypes.LongType, true));
            }
            case DENSE -> children.add(field(ROW, DataTypes.LongType, true));
            case DISCRETE_SPATIAL -> {
                children.add(field(MIN_CORNER, corner, true));
                children.add(field(MAX_CORNER, corner, true));
            }
        }
        return DataTypes.createStructType(children);
    }

    /**
     * The pointer child that a struct child shows; null for indices and layers.
     *
     * @param matrix whether the struct is one of {@link #matrix}, in which a layer may have a pointer child's name
     */
    static String lanceChild(PointerKind kind, boolean matrix, String name) {
        return switch (name) {
            case GROUP -> GROUP;
            case ROW -> kind == PointerKind.DENSE ? POSITION : ROW;
            case START, END -> !matrix && kind == PointerKind.SPARSE ? name : null;
            case MIN_CORNER, MAX_CORNER -> !matrix && kind == PointerKind.DISCRETE_SPATIAL ? name : null;
            default -> null;
        };
    }

    /** Whether a layer can't be shown because its name is taken. */
    static boolean isReserved(String layer) {
        return layer.equals(GROUP) || layer.equals(ROW) || layer.equals(INDICES);
    }

    private static StructField field(String name, DataType type, boolean nullable) {
        return DataTypes.createStructField(name, type, nullable);
    }
}
