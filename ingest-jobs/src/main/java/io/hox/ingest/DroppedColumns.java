package io.hox.ingest;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Tells of obs columns that were left out: of equal sets once, however many datasets have them. */
final class DroppedColumns {
    private DroppedColumns() {}

    /** The reports with a note at the first dataset of each set. */
    static List<DatasetReport> once(List<DatasetReport> reports) {
        Map<List<String>, Integer> datasets = new LinkedHashMap<>();
        for (DatasetReport report : reports) {
            datasets.merge(report.dropped(), 1, Integer::sum);
        }
        datasets.remove(List.of());
        List<DatasetReport> told = new ArrayList<>();
        for (DatasetReport report : reports) {
            Integer others = datasets.remove(report.dropped());
            if (others != null) {
                String note = "obs columns that the atlas lacks were left out: " + String.join(", ", report.dropped())
                        + (others == 1 ? "" : "; the same of " + (others - 1) + " more datasets");
                report = report.withNote(note);
            }
            told.add(report);
        }
        return told;
    }
}
