package io.hox.atlas;

import io.hox.lance.LanceScan;
import io.hox.lance.LanceTable;
import io.hox.lance.ScanRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.UInt8Vector;
import org.apache.arrow.vector.VectorSchemaRoot;

/**
 * Rows of registries and layouts whose key another row has. Readers take either; hox itself never leaves any, but writers
 * that insert by key at the same time do.
 */
final class SurplusRows {
    /** Addresses in one filter. */
    private static final int BATCH = 10_000;

    private SurplusRows() {}

    /** Removes all but one row of each key: the row that has a number stays, else the first one. */
    static void remove(LanceTable table, Consumer<String> report, String... key) {
        List<Long> surplus = find(table, key);
        // A removal only marks rows, so the addresses of the others stay what they are.
        for (int from = 0; from < surplus.size(); from += BATCH) {
            List<Long> some = surplus.subList(from, Math.min(surplus.size(), from + BATCH));
            table.change(
                    "_rowaddr IN ("
                            + String.join(
                                    ", ", some.stream().map(String::valueOf).toList()) + ")",
                    List.of());
        }
        if (!surplus.isEmpty()) {
            report.accept(table.name() + ": " + surplus.size() + " duplicate rows removed");
        }
    }

    private static List<Long> find(LanceTable table, String... key) {
        Map<String, Long> kept = new HashMap<>();
        Set<String> numbered = new HashSet<>();
        List<Long> surplus = new ArrayList<>();
        List<String> columns = new ArrayList<>(List.of(key));
        columns.add(Registry.GLOBAL_INDEX);
        try (LanceScan scan = table.scan(ScanRequest.ALL.withColumns(columns).withRowAddresses())) {
            while (scan.next()) {
                VectorSchemaRoot batch = scan.batch();
                FieldVector numbers = batch.getVector(Registry.GLOBAL_INDEX);
                UInt8Vector addresses = (UInt8Vector) batch.getVector("_rowaddr");
                for (int row = 0; row < batch.getRowCount(); row++) {
                    String text = key(batch, key, row);
                    Long other = kept.putIfAbsent(text, addresses.get(row));
                    boolean hasNumber = !numbers.isNull(row);
                    if (other == null) {
                        if (hasNumber) {
                            numbered.add(text);
                        }
                    } else if (hasNumber && numbered.add(text)) {
                        surplus.add(other);
                        kept.put(text, addresses.get(row));
                    } else {
                        surplus.add(addresses.get(row));
                    }
                }
            }
        }
        return surplus;
    }

    private static String key(VectorSchemaRoot batch, String[] columns, int row) {
        StringBuilder key = new StringBuilder();
        for (String column : columns) {
            key.append(ArrowValues.text(batch.getVector(column), row)).append('\0');
        }
        return key.toString();
    }
}
