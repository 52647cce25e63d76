package io.hox.udfs;

import java.util.Objects;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.analysis.TypeCheckResult;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.codegen.CodegenContext;
import org.apache.spark.sql.catalyst.expressions.codegen.ExprCode;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import scala.collection.IndexedSeq;
import scala.collection.Seq;

/**
 * {@code hox_value(layer, feature[, key])} as it was written. {@link HoxValueRule} puts a {@link FeatureValue} in its
 * place; where it can't, this is an error of the query.
 */
final class HoxValue extends Expression {
    static final String NAME = "hox_value";
    static final String USAGE =
            NAME + "(layer, feature[, key]) - The value of one feature in each cell, as double: null"
                    + " where the cell was not assayed, has no such layer, or its dataset did not measure the feature; 0 where"
                    + " it did and the cell holds none. The layer is a child of a pointer column of an atlas that is read; the"
                    + " feature a global index or a name, which key, a column of the feature registry, explains (default: the"
                    + " read's option featureKey).";

    private static final long serialVersionUID = 1L;

    private final Seq<Expression> arguments;
    private final String problem;

    HoxValue(Seq<Expression> arguments) {
        this(arguments, "only the rules of io.hox.udfs.HoxExtensions (spark.sql.extensions) can find features");
    }

    private HoxValue(Seq<Expression> arguments, String problem) {
        this.arguments = arguments;
        this.problem = problem;
    }

    /** With what is wrong about it. */
    HoxValue because(String reason) {
        return new HoxValue(arguments, reason);
    }

    String problem() {
        return problem;
    }

    @Override
    public TypeCheckResult checkInputDataTypes() {
        return new TypeCheckResult.TypeCheckFailure(NAME + ": " + problem);
    }

    @Override
    public boolean nullable() {
        return true;
    }

    @Override
    public DataType dataType() {
        return DataTypes.DoubleType;
    }

    @Override
    public String prettyName() {
        return NAME;
    }

    @Override
    public Object eval(InternalRow input) {
        throw new IllegalStateException(problem);
    }

    @Override
    public ExprCode doGenCode(CodegenContext context, ExprCode code) {
        throw new IllegalStateException(problem);
    }

    @Override
    public Seq<Expression> children() {
        return arguments;
    }

    @Override
    public Expression withNewChildrenInternal(IndexedSeq<Expression> newChildren) {
        return new HoxValue(newChildren, problem);
    }

    @Override
    public int productArity() {
        return 2;
    }

    @Override
    public Object productElement(int n) {
        return n == 0 ? arguments : problem;
    }

    @Override
    public boolean canEqual(Object other) {
        return other instanceof HoxValue;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof HoxValue that && arguments.equals(that.arguments) && problem.equals(that.problem);
    }

    @Override
    public int hashCode() {
        return Objects.hash(arguments, problem);
    }
}
