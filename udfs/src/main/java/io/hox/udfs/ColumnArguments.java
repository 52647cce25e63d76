package io.hox.udfs;

import io.hox.spark.PrimitiveArrays;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.GetStructField;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import scala.collection.Seq;

/**
 * The arguments of one aggregate in one task: columns of the current batch, or children of its structs. Where they are
 * {@link PrimitiveArrays}, rows are read without a copy.
 */
final class ColumnArguments {
    private final int[][] paths;
    private final NumberRange[] ranges;
    private final StateMemory memory;
    private final ColumnVector[][] vectors;
    private boolean inPlace;

    private ColumnArguments(int[][] paths, NumberRange[] ranges, StateMemory memory) {
        this.paths = paths;
        this.ranges = ranges;
        this.memory = memory;
        this.vectors = new ColumnVector[ranges.length][];
    }

    /** @param input the columns of the batches */
    static ColumnArguments of(BoundAggregate function, Seq<Attribute> input, StateMemory memory) {
        int n = function.children().length();
        int[][] paths = new int[n][];
        for (int i = 0; i < n; i++) {
            paths[i] = path(function.children().apply(i), input);
            if (paths[i] == null) {
                return new ColumnArguments(null, function.ranges(), memory);
            }
        }
        return new ColumnArguments(paths, function.ranges(), memory);
    }

    /** The column's ordinal, then those of struct children; null for other expressions. */
    private static int[] path(Expression argument, Seq<Attribute> input) {
        List<Integer> reversed = new ArrayList<>();
        Expression expression = argument;
        while (expression instanceof GetStructField field) {
            reversed.add(field.ordinal());
            expression = field.child();
        }
        for (int i = 0; expression instanceof Attribute attribute && i < input.length(); i++) {
            if (input.apply(i).exprId().equals(attribute.exprId())) {
                int[] path = new int[reversed.size() + 1];
                path[0] = i;
                for (int k = 1; k < path.length; k++) {
                    path[k] = reversed.get(reversed.size() - k);
                }
                return path;
            }
        }
        return null;
    }

    StateMemory memory() {
        return memory;
    }

    /** From now on rows are those of this batch. */
    void open(ColumnarBatch batch) {
        inPlace = paths != null;
        for (int i = 0; inPlace && i < paths.length; i++) {
            ColumnVector[] levels = new ColumnVector[paths[i].length];
            levels[0] = batch.column(paths[i][0]);
            for (int k = 1; k < levels.length; k++) {
                levels[k] = levels[k - 1].getChild(paths[i][k]);
            }
            vectors[i] = levels;
            inPlace = levels[levels.length - 1] instanceof PrimitiveArrays;
        }
    }

    /** Whether {@link #moveTo} can be used with the current batch. */
    boolean inPlace() {
        return inPlace;
    }

    /** Sets the ranges to a row of the batch; false when an argument is null there. */
    boolean moveTo(int row) {
        for (int i = 0; i < vectors.length; i++) {
            for (ColumnVector level : vectors[i]) {
                if (level.isNullAt(row)) {
                    return false;
                }
            }
            PrimitiveArrays arrays = (PrimitiveArrays) vectors[i][vectors[i].length - 1];
            ranges[i].set(arrays.elements(row), arrays.offset(row), arrays.length(row));
        }
        return true;
    }

    /** The arguments of the current row; the same objects for all rows. */
    NumberRange[] ranges() {
        return ranges;
    }
}
