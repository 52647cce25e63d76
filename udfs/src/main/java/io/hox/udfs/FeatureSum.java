package io.hox.udfs;

import java.io.Serializable;
import org.apache.spark.sql.connector.catalog.functions.AggregateFunction;
import org.apache.spark.sql.connector.catalog.functions.UnboundFunction;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** {@code hox_feature_sum(indices, values)}; see {@link HoxFunctions}. */
final class FeatureSum implements UnboundFunction, Serializable {
    static final String NAME = "hox_feature_sum";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String description() {
        return NAME + "(indices array<int>, values array<number>) - The sum of the values of every feature over the"
                + " cells, as array<double> indexed by feature index. Cells with a null argument are ignored.";
    }

    @Override
    public AggregateFunction<FeatureTotals, ?> bind(StructType arguments) {
        if (arguments.length() != 2) {
            throw new UnsupportedOperationException(
                    NAME + " takes two arguments, indices and values, and not " + arguments.length());
        }
        ArrayType indices = array(arguments.apply(0).dataType(), "first");
        ArrayType values = array(arguments.apply(1).dataType(), "second");
        if (!indices.elementType().equals(DataTypes.IntegerType)) {
            throw new UnsupportedOperationException(
                    "the first argument of " + NAME + " must be array<int> and not " + indices.catalogString());
        }
        return new FeatureSumAggregate(indices, values, ValueKind.of(values));
    }

    private static ArrayType array(DataType type, String position) {
        if (type instanceof ArrayType array) {
            return array;
        }
        throw new UnsupportedOperationException(
                "the " + position + " argument of " + NAME + " must be an array and not " + type.catalogString());
    }

    /** How the values of a row are read without boxing. */
    enum ValueKind {
        BYTE,
        SHORT,
        INT,
        LONG,
        FLOAT,
        DOUBLE;

        static ValueKind of(ArrayType values) {
            return switch (values.elementType().typeName()) {
                case "byte" -> BYTE;
                case "short" -> SHORT;
                case "integer" -> INT;
                case "long" -> LONG;
                case "float" -> FLOAT;
                case "double" -> DOUBLE;
                default -> throw new UnsupportedOperationException("the second argument of " + NAME
                        + " must be an array of whole or floating point numbers and not " + values.catalogString());
            };
        }
    }
}
