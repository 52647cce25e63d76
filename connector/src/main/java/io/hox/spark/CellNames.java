package io.hox.spark;

import io.hox.HoxException;
import io.hox.lance.LanceScan;
import io.hox.lance.LanceSql;
import io.hox.lance.LanceTable;
import io.hox.lance.ScanRequest;
import java.nio.charset.StandardCharsets;
import org.apache.arrow.vector.BigIntVector;

/** Names cells in errors. The uid is looked up only then, so that reads need not carry it along. */
final class CellNames {
    private static final String UID = "uid";

    private final LanceTable obs;

    CellNames(LanceTable obs) {
        this.obs = obs;
    }

    /**
     * The uid of the cell that a pointer belongs to.
     *
     * @param ends null in a dense space
     */
    String uid(OutputColumn.Pointer column, byte[] group, BigIntVector starts, BigIntVector ends, int row) {
        String filter = equal(column, PointerStruct.GROUP, LanceSql.literal(new String(group, StandardCharsets.UTF_8)));
        if (ends == null) {
            filter += " AND " + equal(column, PointerStruct.POSITION, starts, row);
        } else {
            filter += " AND " + equal(column, PointerStruct.START, starts, row);
            filter += " AND " + equal(column, PointerStruct.END, ends, row);
        }
        ScanRequest request =
                ScanRequest.ALL.withColumns(UID).withFilter(filter).withLimit(1);
        try (LanceScan scan = obs.scan(request)) {
            while (scan.next()) {
                if (scan.batch().getRowCount() > 0) {
                    return scan.batch().getVector(UID).getObject(0).toString();
                }
            }
        } catch (HoxException e) {
            // The failure that asks for the name is the one to report.
            return "?";
        }
        return "?";
    }

    private static String equal(OutputColumn.Pointer column, String child, BigIntVector values, int row) {
        return values.isNull(row)
                ? LanceSql.column(column.name(), child) + " IS NULL"
                : equal(column, child, LanceSql.literal(values.get(row)));
    }

    private static String equal(OutputColumn.Pointer column, String child, String literal) {
        return LanceSql.column(column.name(), child) + " = " + literal;
    }
}
