package io.hox.lance;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.lance.merge.MergeInsertParams;
import org.lance.merge.MergeInsertResult;
import org.lance.merge.MergeInsertStats;

/** Changes a table by rows that are matched with the present ones through key columns, in one commit each. */
final class TableMerges {
    private final OpenTable table;

    TableMerges(OpenTable table) {
        this.table = table;
    }

    /** Returns the number of rows inserted. */
    long insertNew(List<String> keys, VectorSchemaRoot rows, boolean updateMatched) {
        MergeInsertParams params =
                new MergeInsertParams(keys).withNotMatched(MergeInsertParams.WhenNotMatched.InsertAll);
        return merge(
                        updateMatched ? params.withMatchedUpdateAll() : params.withMatchedDoNothing(),
                        rows,
                        table.schema())
                .numInsertedRows();
    }

    /** Returns the number of rows updated. */
    long updateColumns(List<String> keys, VectorSchemaRoot rows) {
        List<Field> fields = new ArrayList<>();
        for (Field field : table.schema().getFields()) {
            if (rows.getVector(field.getName()) != null) {
                fields.add(field);
            }
        }
        MergeInsertParams params = new MergeInsertParams(keys)
                .withNotMatched(MergeInsertParams.WhenNotMatched.DoNothing)
                .withMatchedUpdateAll();
        return merge(params, rows, new Schema(fields)).numUpdatedRows();
    }

    private MergeInsertStats merge(MergeInsertParams params, VectorSchemaRoot rows, Schema shape) {
        MergeInsertResult result =
                RowStream.send(table, shape, Collections.singletonList(rows).iterator(), stream -> table.dataset()
                        // A repetition by Lance would put the same values over what another writer has set meanwhile.
                        .mergeInsert(params.withConflictRetries(0).withSkipAutoCleanup(true), stream));
        table.moveTo(result.dataset());
        return result.stats();
    }
}
