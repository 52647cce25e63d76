package io.hox.atlas;

import io.hox.lance.LanceScan;
import io.hox.lance.LanceTable;
import io.hox.lance.ScanRequest;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;

/** Compares the pointers of an obs table with the groups of the dataset table. */
final class PointerCheck {
    private static final int SHOWN = 5;

    private final LanceTable obs;
    private final PointerColumn pointer;
    private final Map<String, long[]> groups;
    private final List<String> findings;
    private final Map<String, Long> unknown = new LinkedHashMap<>();
    private final Map<String, Long> outside = new LinkedHashMap<>();
    private String lastGroup = "";
    private byte[] lastBytes = new byte[0];

    /** @param groups shape of the arrays by group; null where it is not known */
    PointerCheck(LanceTable obs, PointerColumn pointer, Map<String, long[]> groups, List<String> findings) {
        this.obs = obs;
        this.pointer = pointer;
        this.groups = groups;
        this.findings = findings;
    }

    void run() {
        String prefix = pointer.name() + ".";
        String group = prefix + PointerColumn.GROUP;
        List<String> columns =
                switch (pointer.kind()) {
                    case SPARSE -> List.of(group, prefix + "start", prefix + "end");
                    case DENSE -> List.of(group, prefix + "position");
                    case DISCRETE_SPATIAL -> List.of(group);
                };
        try (LanceScan scan = obs.scan(ScanRequest.ALL.withColumns(columns).withFilter(pointer.presentFilter()))) {
            while (scan.next()) {
                check(scan.batch(), columns);
            }
        }
        String where = "Obs table '" + obs.name() + "', column '" + pointer.name() + "': ";
        unknown.forEach((name, cells) -> findings.add(where + cells + " cell(s) point to the group '" + name
                + "', which no dataset of feature space '" + pointer.featureSpace() + "' has"));
        outside.forEach((name, cells) ->
                findings.add(where + cells + " cell(s) point beyond the arrays of the group '" + name + "'"));
    }

    private void check(VectorSchemaRoot batch, List<String> columns) {
        VarCharVector names = (VarCharVector) batch.getVector(columns.get(0));
        FieldVector first = columns.size() > 1 ? batch.getVector(columns.get(1)) : null;
        FieldVector last = columns.size() > 2 ? batch.getVector(columns.get(2)) : null;
        for (int row = 0; row < batch.getRowCount(); row++) {
            String name = group(names, row);
            if (!groups.containsKey(name)) {
                count(unknown, name);
            } else if (first != null && groups.get(name) != null && !inside(first, last, row, groups.get(name)[0])) {
                count(outside, name);
            }
        }
    }

    private static boolean inside(FieldVector first, FieldVector last, int row, long length) {
        if (first.isNull(row) || last != null && last.isNull(row)) {
            return false;
        }
        long start = ArrowValues.integer(first, row);
        long end = last == null ? start + 1 : ArrowValues.integer(last, row);
        return start >= 0 && start <= end && end <= length;
    }

    /** Neighbours mostly share their group: the text is made once for each run. */
    private String group(VarCharVector names, int row) {
        byte[] bytes = names.get(row);
        if (!Arrays.equals(bytes, lastBytes)) {
            lastBytes = bytes;
            lastGroup = ArrowValues.text(names, row);
        }
        return lastGroup;
    }

    private static void count(Map<String, Long> counts, String group) {
        if (counts.size() < SHOWN || counts.containsKey(group)) {
            counts.merge(group, 1L, Long::sum);
        }
    }
}
