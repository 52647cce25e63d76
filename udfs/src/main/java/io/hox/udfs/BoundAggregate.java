package io.hox.udfs;

import java.io.Serializable;
import java.util.Objects;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.analysis.TypeCheckResult;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.aggregate.ImperativeAggregate;
import org.apache.spark.sql.catalyst.expressions.aggregate.TypedImperativeAggregate;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.vectorized.ColumnarBatchRow;
import scala.collection.IndexedSeq;
import scala.collection.Iterator;
import scala.collection.Seq;
import scala.runtime.AbstractFunction1;

/**
 * Calls a {@link NumberAggregate} by a plain name. A function of a catalog would have to be
 * called by the catalog's name; one made of an {@code Aggregator} has one input type alone and no {@code bind}. The
 * function is bound when the types of the arguments are known, and gets arrays as they lie in the row, or, within a
 * {@link ColumnarPartialAggregateExec}, as they lie in the column.
 */
final class BoundAggregate extends TypedImperativeAggregate<Serializable> implements Serializable {
    private static final long serialVersionUID = 1L;

    private final FeatureFunction function;
    private final Seq<Expression> arguments;
    private final int mutableOffset;
    private final int inputOffset;
    private final transient ColumnArguments columns;
    private transient NumberAggregate<Serializable, ?> bound;
    private transient GenericInternalRow row;

    BoundAggregate(FeatureFunction function, Seq<Expression> arguments) {
        this(function, arguments, 0, 0, null);
    }

    private BoundAggregate(
            FeatureFunction function,
            Seq<Expression> arguments,
            int mutableOffset,
            int inputOffset,
            ColumnArguments columns) {
        this.function = function;
        this.arguments = arguments;
        this.mutableOffset = mutableOffset;
        this.inputOffset = inputOffset;
        this.columns = columns;
    }

    /** This function within one task, whose input are the rows of the batches that the columns are told of. */
    BoundAggregate over(ColumnArguments source) {
        return new BoundAggregate(function, arguments, mutableOffset, inputOffset, source);
    }

    NumberRange[] ranges() {
        return bound().ranges();
    }

    @SuppressWarnings("unchecked")
    private NumberAggregate<Serializable, ?> bound() {
        if (bound == null) {
            StructType types = new StructType();
            for (int i = 0; i < arguments.length(); i++) {
                Expression argument = arguments.apply(i);
                types = types.add("_" + i, argument.dataType(), argument.nullable());
            }
            bound = (NumberAggregate<Serializable, ?>) function.bind(types);
        }
        return bound;
    }

    @Override
    public TypeCheckResult checkInputDataTypes() {
        try {
            bound();
            return TypeCheckResult.TypeCheckSuccess$.MODULE$;
        } catch (UnsupportedOperationException e) {
            return new TypeCheckResult.TypeCheckFailure(e.getMessage());
        }
    }

    @Override
    public Serializable createAggregationBuffer() {
        Serializable state = bound().newAggregationState();
        if (columns != null) {
            columns.memory().addGroup(bound().bytes(state));
        }
        return state;
    }

    @Override
    public Serializable update(Serializable state, InternalRow input) {
        if (columns == null) {
            return updateFromRow(state, input);
        }
        long before = bound().bytes(state);
        Serializable after = updateFromBatch(state, (ColumnarBatchRow) input);
        columns.memory().add(bound().bytes(after) - before);
        return after;
    }

    private Serializable updateFromBatch(Serializable state, ColumnarBatchRow input) {
        if (!columns.inPlace()) {
            return updateFromRow(state, input);
        }
        return columns.moveTo(input.rowId) ? bound().update(state, columns.ranges()) : state;
    }

    private Serializable updateFromRow(Serializable state, InternalRow input) {
        if (row == null) {
            row = new GenericInternalRow(arguments.length());
        }
        for (int i = 0; i < arguments.length(); i++) {
            row.update(i, arguments.apply(i).eval(input));
        }
        return bound().update(state, row);
    }

    @Override
    public Serializable merge(Serializable state, Serializable other) {
        return bound().merge(state, other);
    }

    @Override
    public Object eval(Serializable state) {
        return bound().produceResult(state);
    }

    @Override
    public byte[] serialize(Serializable state) {
        return bound().toBytes(state);
    }

    @Override
    public Serializable deserialize(byte[] bytes) {
        return bound().fromBytes(bytes);
    }

    @Override
    public DataType dataType() {
        return bound().resultType();
    }

    @Override
    public boolean nullable() {
        return bound().isResultNullable();
    }

    @Override
    public String prettyName() {
        return function.name();
    }

    /** What plans show between the parentheses. */
    @Override
    public Iterator<Object> flatArguments() {
        return arguments.iterator().map(new AbstractFunction1<Expression, Object>() {
            @Override
            public Object apply(Expression argument) {
                return argument;
            }
        });
    }

    @Override
    public Seq<Expression> children() {
        return arguments;
    }

    @Override
    public Expression withNewChildrenInternal(IndexedSeq<Expression> newChildren) {
        return new BoundAggregate(function, newChildren, mutableOffset, inputOffset, columns);
    }

    @Override
    public int mutableAggBufferOffset() {
        return mutableOffset;
    }

    @Override
    public int inputAggBufferOffset() {
        return inputOffset;
    }

    @Override
    public ImperativeAggregate withNewMutableAggBufferOffset(int offset) {
        return new BoundAggregate(function, arguments, offset, inputOffset, columns);
    }

    @Override
    public ImperativeAggregate withNewInputAggBufferOffset(int offset) {
        return new BoundAggregate(function, arguments, mutableOffset, offset, columns);
    }

    @Override
    public int productArity() {
        return 4;
    }

    @Override
    public Object productElement(int n) {
        return switch (n) {
            case 0 -> function;
            case 1 -> arguments;
            case 2 -> mutableOffset;
            case 3 -> inputOffset;
            default -> throw new IndexOutOfBoundsException(n);
        };
    }

    @Override
    public boolean canEqual(Object other) {
        return other instanceof BoundAggregate;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof BoundAggregate that
                && function.name().equals(that.function.name())
                && arguments.equals(that.arguments)
                && mutableOffset == that.mutableOffset
                && inputOffset == that.inputOffset;
    }

    @Override
    public int hashCode() {
        return Objects.hash(function.name(), arguments, mutableOffset, inputOffset);
    }
}
