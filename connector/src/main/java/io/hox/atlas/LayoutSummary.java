package io.hox.atlas;

import io.hox.lance.LanceScan;
import io.hox.lance.LanceTable;
import io.hox.lance.ScanRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.arrow.vector.VectorSchemaRoot;

/** What validation wants to know of a layout. */
final class LayoutSummary {
    private final Set<String> features = new LinkedHashSet<>();
    private long rows;
    private long withoutFeature;
    private long duplicates;
    private long highestColumn = -1;

    private LayoutSummary() {}

    /** The layouts of these uids; those without rows are absent. */
    static Map<String, LayoutSummary> read(LanceTable table, Set<String> uids) {
        Map<String, LayoutSummary> summaries = new HashMap<>();
        try (LanceScan scan = table.scan(ScanRequest.ALL)) {
            while (scan.next()) {
                VectorSchemaRoot batch = scan.batch();
                for (int row = 0; row < batch.getRowCount(); row++) {
                    String uid = ArrowValues.text(batch.getVector("layout_uid"), row);
                    if (uids.contains(uid)) {
                        summaries.computeIfAbsent(uid, u -> new LayoutSummary()).add(batch, row);
                    }
                }
            }
        }
        return summaries;
    }

    private void add(VectorSchemaRoot batch, int row) {
        rows++;
        String feature = ArrowValues.text(batch.getVector("feature_uid"), row);
        if (feature == null) {
            withoutFeature++;
        } else if (!features.add(feature)) {
            duplicates++;
        }
        highestColumn = Math.max(highestColumn, ArrowValues.integer(batch.getVector("local_index"), row));
    }

    Set<String> features() {
        return features;
    }

    List<String> problems() {
        List<String> problems = new ArrayList<>();
        if (withoutFeature > 0) {
            problems.add("has " + withoutFeature + " rows without a feature_uid");
        }
        if (duplicates > 0) {
            problems.add("names " + duplicates + " features twice");
        }
        if (highestColumn + 1 != rows) {
            problems.add("has " + rows + " rows for " + (highestColumn + 1) + " columns");
        }
        return problems;
    }
}
