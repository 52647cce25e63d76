package io.hox.atlas;

import io.hox.HoxException;
import io.hox.lance.LanceDatabase;
import io.hox.lance.LanceScan;
import io.hox.lance.LanceTable;
import io.hox.lance.ScanRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.UInt8Vector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * Numbers new features, fills the numbers into layouts, rebuilds indexes and compacts tables. Every step may be repeated;
 * numbers that exist are never changed.
 */
final class AtlasOptimizer {
    /** As LanceDB's own optimize does. */
    private static final Duration KEEP_VERSIONS = Duration.ofDays(7);

    /** Addresses in one delete. */
    private static final int DELETE_BATCH = 10_000;

    private static final String LAYOUT = "layout_uid";
    private static final String FEATURE = "feature_uid";

    private final LanceDatabase database;
    private final TableRoles roles;
    private final List<Snapshot> snapshots;
    private final List<String> report = new ArrayList<>();

    AtlasOptimizer(LanceDatabase database, TableRoles roles, List<Snapshot> snapshots) {
        this.database = database;
        this.roles = roles;
        this.snapshots = snapshots;
    }

    List<String> run() {
        // Nothing below may take away a version that a snapshot needs.
        new SnapshotWriter(database, roles, snapshots).protect();
        try (LanceTable layouts = database.open(AtlasTables.LAYOUTS)) {
            removeDuplicates(layouts, LAYOUT, FEATURE);
            Map<String, Set<String>> spacesOfLayout = spacesOfLayout();
            for (String name : roles.registryTables()) {
                try (LanceTable registry = database.open(name)) {
                    removeDuplicates(registry, Registry.UID);
                    number(registry);
                    registry.maintenance().createBTree(Registry.UID);
                    tidy(registry);
                    propagate(registry, layouts, roles.spacesOf(name), spacesOfLayout);
                }
            }
            layouts.maintenance().createFullText(FEATURE);
            layouts.maintenance().createBTree(LAYOUT);
            tidy(layouts);
        }
        List<String> others = new ArrayList<>(roles.obsTables());
        others.add(roles.datasets());
        for (String name : others) {
            try (LanceTable table = database.open(name)) {
                tidy(table);
            }
        }
        return List.copyOf(report);
    }

    private void tidy(LanceTable table) {
        int before = table.fragments().size();
        if (!table.maintenance().compact()) {
            report.add(table.name() + ": not compacted, because parts of it have no value in a column of type enum");
        }
        table.history().removeOlderThan(KEEP_VERSIONS);
        int after = table.fragments().size();
        if (after != before) {
            report.add(table.name() + ": " + before + " fragments became " + after);
        }
    }

    /** Concurrent writers may insert a key twice. The row that has a number stays, else the first one. */
    private void removeDuplicates(LanceTable table, String... key) {
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
        // A delete only marks rows, so the addresses of the others stay what they are.
        for (int from = 0; from < surplus.size(); from += DELETE_BATCH) {
            List<Long> some = surplus.subList(from, Math.min(surplus.size(), from + DELETE_BATCH));
            table.delete("_rowaddr IN ("
                    + String.join(", ", some.stream().map(String::valueOf).toList()) + ")");
        }
        if (!surplus.isEmpty()) {
            report.add(table.name() + ": " + surplus.size() + " duplicate rows removed");
        }
    }

    private static String key(VectorSchemaRoot batch, String[] columns, int row) {
        StringBuilder key = new StringBuilder();
        for (String column : columns) {
            key.append(ArrowValues.text(batch.getVector(column), row)).append('\0');
        }
        return key.toString();
    }

    /** New features get the numbers after the highest one, in the byte order of their uids. */
    private void number(LanceTable registry) {
        long next = 0;
        List<byte[]> unnumbered = new ArrayList<>();
        for (Map.Entry<String, Long> entry :
                FeatureRegistration.globalIndexes(registry).entrySet()) {
            if (entry.getValue() == null) {
                unnumbered.add(entry.getKey().getBytes(StandardCharsets.UTF_8));
            } else {
                next = Math.max(next, entry.getValue() + 1);
            }
        }
        if (unnumbered.isEmpty()) {
            return;
        }
        if (next + unnumbered.size() > Integer.MAX_VALUE) {
            throw new HoxException("the registry " + registry.uri() + " has more than 2^31 features");
        }
        unnumbered.sort(Arrays::compareUnsigned);
        List<Map<String, Object>> rows = new ArrayList<>(unnumbered.size());
        for (byte[] uid : unnumbered) {
            rows.add(Map.of(Registry.UID, new String(uid, StandardCharsets.UTF_8), Registry.GLOBAL_INDEX, next++));
        }
        update(registry, rows, Registry.UID);
        report.add(registry.name() + ": " + rows.size() + " features numbered");
    }

    /** The numbers of a registry, into the rows of its spaces' layouts (and of layouts no dataset uses yet). */
    private void propagate(
            LanceTable registry, LanceTable layouts, Set<String> spaces, Map<String, Set<String>> spacesOfLayout) {
        Map<String, Long> indexes = FeatureRegistration.globalIndexes(registry);
        List<Map<String, Object>> rows = new ArrayList<>();
        layouts.refresh();
        ScanRequest open = ScanRequest.ALL.withColumns(LAYOUT, FEATURE).withFilter("`global_index` IS NULL");
        try (LanceScan scan = layouts.scan(open)) {
            while (scan.next()) {
                for (int row = 0; row < scan.batch().getRowCount(); row++) {
                    String layout = ArrowValues.text(scan.batch().getVector(LAYOUT), row);
                    String feature = ArrowValues.text(scan.batch().getVector(FEATURE), row);
                    Long index = indexes.get(feature);
                    Set<String> users = spacesOfLayout.getOrDefault(layout, spaces);
                    if (index != null && users.stream().anyMatch(spaces::contains)) {
                        rows.add(Map.of(LAYOUT, layout, FEATURE, feature, Registry.GLOBAL_INDEX, index));
                    }
                }
            }
        }
        if (!rows.isEmpty()) {
            update(layouts, rows, LAYOUT, FEATURE);
            report.add(layouts.name() + ": " + rows.size() + " rows numbered from " + registry.name());
        }
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

    private Map<String, Set<String>> spacesOfLayout() {
        Map<String, Set<String>> spaces = new HashMap<>();
        try (LanceTable table = database.open(roles.datasets())) {
            for (DatasetRow dataset : Datasets.read(table, Generation.G2).all()) {
                spaces.computeIfAbsent(dataset.layoutUid(), uid -> new TreeSet<>())
                        .add(dataset.featureSpace());
            }
        }
        return spaces;
    }
}
