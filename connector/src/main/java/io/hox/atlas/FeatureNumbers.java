package io.hox.atlas;

import io.hox.HoxException;
import io.hox.lance.LanceScan;
import io.hox.lance.LanceTable;
import io.hox.lance.ScanRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * Gives features their numbers and fills them into layouts. Numbers that exist never change. Each step is a commit that
 * Lance refuses when another writer changed one of its rows meanwhile, so two processes that number at the same time
 * can't give one number away twice: the second one starts over and finds the numbers of the first.
 */
final class FeatureNumbers {
    private static final String LAYOUT = "layout_uid";
    private static final String FEATURE = "feature_uid";
    private static final String UNNUMBERED = "`global_index` IS NULL";

    private final TableRoles roles;
    private final Consumer<String> report;
    /** By registry table and feature: its number. */
    private final Map<String, Map<String, Long>> numbers = new HashMap<>();

    /** @param report takes one line for each thing done */
    FeatureNumbers(TableRoles roles, Consumer<String> report) {
        this.roles = roles;
        this.report = report;
    }

    /**
     * Numbers the features of a registry: after the highest number, in the byte order of their uids.
     *
     * @return the version of the table, with every feature once and none without a number
     */
    long number(LanceTable registry) {
        return Retries.run(registry, "number features", () -> {
            SurplusRows.remove(registry, report, Registry.UID);
            // Features may come in while others are numbered.
            Map<String, Long> indexes = FeatureRegistration.globalIndexes(registry);
            for (List<Map<String, Object>> rows = numbered(registry, indexes);
                    !rows.isEmpty();
                    rows = numbered(registry, indexes)) {
                update(registry, rows, Registry.UID);
                report.accept(registry.name() + ": " + rows.size() + " features numbered");
                indexes = FeatureRegistration.globalIndexes(registry);
            }
            numbers.put(registry.name(), indexes);
            return registry.version();
        });
    }

    private static List<Map<String, Object>> numbered(LanceTable registry, Map<String, Long> indexes) {
        long next = 0;
        List<byte[]> unnumbered = new ArrayList<>();
        for (Map.Entry<String, Long> entry : indexes.entrySet()) {
            if (entry.getValue() == null) {
                unnumbered.add(entry.getKey().getBytes(StandardCharsets.UTF_8));
            } else {
                next = Math.max(next, entry.getValue() + 1);
            }
        }
        if (next + unnumbered.size() > Integer.MAX_VALUE) {
            throw new HoxException("the registry " + registry.uri() + " has more than 2^31 features");
        }
        unnumbered.sort(Arrays::compareUnsigned);
        List<Map<String, Object>> rows = new ArrayList<>(unnumbered.size());
        for (byte[] uid : unnumbered) {
            rows.add(Map.of(Registry.UID, new String(uid, StandardCharsets.UTF_8), Registry.GLOBAL_INDEX, next++));
        }
        return rows;
    }

    /**
     * Fills the numbers into the layouts that datasets use, and into those that no dataset uses yet. The registries must
     * have been numbered after those datasets were read.
     *
     * @return the version of the table, in which the layouts of those datasets are complete
     */
    long fill(LanceTable layouts, List<DatasetRow> datasets) {
        Map<String, Set<String>> spacesOfLayout = new HashMap<>();
        for (DatasetRow dataset : datasets) {
            spacesOfLayout
                    .computeIfAbsent(dataset.layoutUid(), uid -> new TreeSet<>())
                    .add(dataset.featureSpace());
        }
        return Retries.run(layouts, "fill feature numbers into layouts", () -> {
            SurplusRows.remove(layouts, report, LAYOUT, FEATURE);
            List<Map<String, Object>> rows = openRows(layouts, spacesOfLayout);
            if (!rows.isEmpty()) {
                update(layouts, rows, LAYOUT, FEATURE);
                report.accept(layouts.name() + ": " + rows.size() + " rows numbered");
            }
            return layouts.version();
        });
    }

    private List<Map<String, Object>> openRows(LanceTable layouts, Map<String, Set<String>> spacesOfLayout) {
        List<Map<String, Object>> rows = new ArrayList<>();
        ScanRequest open = ScanRequest.ALL.withColumns(LAYOUT, FEATURE).withFilter(UNNUMBERED);
        try (LanceScan scan = layouts.scan(open)) {
            while (scan.next()) {
                for (int row = 0; row < scan.batch().getRowCount(); row++) {
                    String layout = ArrowValues.text(scan.batch().getVector(LAYOUT), row);
                    String feature = ArrowValues.text(scan.batch().getVector(FEATURE), row);
                    Long index = number(
                            feature,
                            spacesOfLayout.getOrDefault(
                                    layout, roles.registries().keySet()));
                    if (index != null) {
                        rows.add(Map.of(LAYOUT, layout, FEATURE, feature, Registry.GLOBAL_INDEX, index));
                    }
                }
            }
        }
        return rows;
    }

    private Long number(String feature, Set<String> spaces) {
        for (String space : spaces) {
            Map<String, Long> registry = numbers.get(roles.registries().getOrDefault(space, ""));
            if (registry != null && registry.get(feature) != null) {
                return registry.get(feature);
            }
        }
        return null;
    }

    private static void update(LanceTable table, List<Map<String, Object>> rows, String... key) {
        List<Field> fields = new ArrayList<>();
        for (String column : key) {
            fields.add(Field.nullable(column, new ArrowType.Utf8()));
        }
        fields.add(Field.nullable(Registry.GLOBAL_INDEX, new ArrowType.Int(64, true)));
        try (VectorSchemaRoot batch = TableRows.of(new Schema(fields), rows, table.name())) {
            table.updateColumns(List.of(key), batch);
        }
    }

    /** What is not numbered, one line a table. */
    static List<String> open(PinnedTables tables) {
        List<String> notes = new ArrayList<>();
        for (String name : tables.roles().registryTables()) {
            try (LanceTable registry = tables.open(name)) {
                long open = registry.countRows(UNNUMBERED);
                if (open > 0) {
                    notes.add("Registry table '" + name + "' (feature space(s) "
                            + String.join(", ", tables.roles().spacesOf(name)) + "): " + open
                            + " row(s) have no global_index yet; the next snapshot numbers them");
                }
            }
        }
        try (LanceTable layouts = tables.open(AtlasTables.LAYOUTS)) {
            long open = layouts.countRows(UNNUMBERED);
            if (open > 0) {
                notes.add("Table '" + AtlasTables.LAYOUTS + "': " + open
                        + " row(s) have no global_index yet; the next snapshot fills them in");
            }
        }
        return notes;
    }
}
