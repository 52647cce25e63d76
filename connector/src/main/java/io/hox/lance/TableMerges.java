package io.hox.lance;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.lance.merge.MergeInsertParams;
import org.lance.merge.MergeInsertResult;

/** Changes rows that are found through key columns, in one commit. */
final class TableMerges {
    private final OpenTable table;

    TableMerges(OpenTable table) {
        this.table = table;
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
                .withMatchedUpdateAll()
                // A repetition by Lance would put the same values over what another writer has set meanwhile.
                .withConflictRetries(0)
                .withSkipAutoCleanup(true);
        MergeInsertResult result = RowStream.send(
                table, new Schema(fields), Collections.singletonList(rows).iterator(), stream -> table.dataset()
                        .mergeInsert(params, stream));
        table.moveTo(result.dataset());
        return result.stats().numUpdatedRows();
    }
}
