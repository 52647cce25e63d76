package io.hox.spark;

import io.hox.matrix.GroupTotals;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;

/** What the cells of each group are together, from batches of their pointers. */
final class GroupTally {
    private final String column;
    private final GroupIds ids = new GroupIds();
    private final List<GroupTotals> totals = new ArrayList<>();

    /** @param column the pointer column; which of its children beside the group a batch has is the caller's choice */
    GroupTally(String column) {
        this.column = column;
    }

    /** The children of a sparse pointer that are looked at, as Lance names them. */
    static List<String> sparseChildren(String column) {
        return List.of(
                column + "." + PointerStruct.GROUP,
                column + "." + PointerStruct.START,
                column + "." + PointerStruct.END,
                column + "." + PointerStruct.ROW);
    }

    /** Adds rows {@code [from, to)} of a batch; of a batch without element ranges only the cells count. */
    void add(VectorSchemaRoot batch, int from, int to) {
        int[] groupOf = new int[to];
        ids.read((VarCharVector) batch.getVector(column + "." + PointerStruct.GROUP), to, groupOf, 0);
        while (totals.size() < ids.names().size()) {
            totals.add(new GroupTotals());
        }
        BigIntVector starts = numbers(batch, PointerStruct.START);
        BigIntVector ends = numbers(batch, PointerStruct.END);
        BigIntVector rows = numbers(batch, PointerStruct.ROW);
        for (int row = from; row < to; row++) {
            if (groupOf[row] != GroupIds.ABSENT) {
                totals.get(groupOf[row]).add(number(starts, row), number(ends, row), number(rows, row));
            }
        }
    }

    private BigIntVector numbers(VectorSchemaRoot batch, String child) {
        return (BigIntVector) batch.getVector(column + "." + child);
    }

    private static long number(BigIntVector numbers, int row) {
        if (numbers == null) {
            return 0;
        }
        return numbers.isNull(row) ? -1 : numbers.get(row);
    }

    /** By group, in the order of their appearance; groups without a cell are left out. */
    Map<String, GroupTotals> totals() {
        Map<String, GroupTotals> byGroup = new LinkedHashMap<>();
        for (int id = 0; id < totals.size(); id++) {
            if (totals.get(id).cells() > 0) {
                byGroup.put(ids.names().get(id), totals.get(id));
            }
        }
        return byGroup;
    }
}
