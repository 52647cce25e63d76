package io.hox.udfs;

import java.io.Serializable;
import org.apache.spark.sql.connector.catalog.functions.UnboundFunction;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** A function of the indices and the values of a cell. */
abstract class FeatureFunction implements UnboundFunction, Serializable {
    private static final long serialVersionUID = 1L;

    /** The function for arguments of these types. */
    abstract NumberAggregate<?, ?> bind(ArrayType indices, ArrayType values);

    @Override
    public final NumberAggregate<?, ?> bind(StructType arguments) {
        if (arguments.length() != 2) {
            throw new UnsupportedOperationException(
                    name() + " takes two arguments, indices and values, and not " + arguments.length());
        }
        ArrayType indices = array(arguments.apply(0).dataType(), "first");
        ArrayType values = array(arguments.apply(1).dataType(), "second");
        if (!indices.elementType().equals(DataTypes.IntegerType)) {
            throw new UnsupportedOperationException(
                    "the first argument of " + name() + " must be array<int> and not " + indices.catalogString());
        }
        if (NumberRange.Kind.of(values) == null) {
            throw new UnsupportedOperationException("the second argument of " + name()
                    + " must be an array of whole or floating point numbers and not " + values.catalogString());
        }
        return bind(indices, values);
    }

    private ArrayType array(DataType type, String position) {
        if (type instanceof ArrayType array) {
            return array;
        }
        throw new UnsupportedOperationException(
                "the " + position + " argument of " + name() + " must be an array and not " + type.catalogString());
    }
}
