package io.hox.atlas;

import io.hox.HoxException;
import io.hox.lance.LanceScan;
import io.hox.lance.LanceSql;
import io.hox.lance.LanceTable;
import io.hox.lance.ScanRequest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;

/**
 * The maps from a dataset's columns to global features, read once each and kept while they fit. Thread-safe; arrays
 * that are handed out are shared.
 */
final class Layouts {
    private static final String LAYOUT = "layout_uid";
    private static final String FEATURE = "feature_uid";
    private static final String LOCAL = "local_index";
    private static final String GLOBAL = "global_index";
    /** 128 MiB of remaps: a thousand datasets of 30,000 features. */
    private static final long MAX_CACHED = 32L << 20;

    private static final int MAX_FEATURES = 1 << 27;

    private final LanceTable table;
    private final Map<String, int[]> cache = new LinkedHashMap<>(16, 0.75f, true);
    private volatile long cached;

    Layouts(LanceTable table) {
        this.table = table;
    }

    /** Memory held. */
    long bytes() {
        return Integer.BYTES * cached;
    }

    /** By layout: the global index of every local one. All layouts that are not cached are read in one scan. */
    synchronized Map<String, int[]> remaps(Collection<String> layoutUids) {
        Map<String, int[]> remaps = new LinkedHashMap<>();
        Map<String, Builder> missing = new LinkedHashMap<>();
        for (String uid : layoutUids) {
            int[] known = cache.get(uid);
            remaps.put(uid, known);
            if (known == null) {
                missing.put(uid, new Builder(uid));
            }
        }
        if (!missing.isEmpty()) {
            read(missing);
            for (Builder builder : missing.values()) {
                int[] remap = builder.build();
                remaps.put(builder.uid, remap);
                keep(builder.uid, remap);
            }
        }
        return remaps;
    }

    private void keep(String uid, int[] remap) {
        cache.put(uid, remap);
        long held = cached + remap.length;
        var oldest = cache.entrySet().iterator();
        while (held > MAX_CACHED && cache.size() > 1) {
            held -= oldest.next().getValue().length;
            oldest.remove();
        }
        cached = held;
    }

    private void read(Map<String, Builder> builders) {
        ScanRequest request = ScanRequest.ALL
                .withColumns(LAYOUT, LOCAL, GLOBAL)
                .withFilter(LanceSql.inStrings(LanceSql.column(LAYOUT), new ArrayList<>(builders.keySet())));
        try (LanceScan scan = table.scan(request)) {
            Builder last = null;
            while (scan.next()) {
                VectorSchemaRoot batch = scan.batch();
                FieldVector layouts = batch.getVector(LAYOUT);
                FieldVector locals = batch.getVector(LOCAL);
                FieldVector globals = batch.getVector(GLOBAL);
                for (int row = 0; row < batch.getRowCount(); row++) {
                    String uid = ArrowValues.text(layouts, row);
                    if (last == null || !last.uid.equals(uid)) {
                        last = builders.get(uid);
                    }
                    last.add(
                            ArrowValues.integer(locals, row),
                            globals.isNull(row) ? -1 : ArrowValues.integer(globals, row));
                }
            }
        }
    }

    /** The layouts that have each feature, by exact comparison. Features that no layout has are missing. */
    Map<String, Set<String>> layoutsOf(Collection<String> featureUids) {
        Map<String, Set<String>> layouts = new HashMap<>();
        if (featureUids.isEmpty()) {
            return layouts;
        }
        ScanRequest request = ScanRequest.ALL
                .withColumns(LAYOUT, FEATURE)
                .withFilter(LanceSql.inStrings(LanceSql.column(FEATURE), List.copyOf(featureUids)));
        try (LanceScan scan = table.scan(request)) {
            while (scan.next()) {
                VectorSchemaRoot batch = scan.batch();
                for (int row = 0; row < batch.getRowCount(); row++) {
                    String feature = ArrowValues.text(batch.getVector(FEATURE), row);
                    layouts.computeIfAbsent(feature, ignored -> new LinkedHashSet<>())
                            .add(ArrowValues.text(batch.getVector(LAYOUT), row));
                }
            }
        }
        return layouts;
    }

    /** Collects the rows of one layout in any order and checks that they make a whole. */
    private final class Builder {
        private final String uid;
        private int[] locals = new int[1024];
        private int[] globals = new int[1024];
        private int n;

        Builder(String uid) {
            this.uid = uid;
        }

        void add(long local, long global) {
            if (local < 0 || local >= MAX_FEATURES || global < -1 || global >= MAX_FEATURES) {
                throw problem("has local_index " + local + " with global_index " + global
                        + "; both must be between 0 and " + MAX_FEATURES);
            }
            if (n == locals.length) {
                locals = Arrays.copyOf(locals, 2 * n);
                globals = Arrays.copyOf(globals, 2 * n);
            }
            locals[n] = (int) local;
            globals[n++] = (int) global;
        }

        int[] build() {
            if (n == 0) {
                throw problem("does not exist");
            }
            int size = 0;
            for (int i = 0; i < n; i++) {
                size = Math.max(size, locals[i] + 1);
            }
            if (size > n) {
                throw problem("has " + n + " rows but local indices up to " + (size - 1));
            }
            int[] remap = new int[size];
            Arrays.fill(remap, Integer.MIN_VALUE);
            for (int i = 0; i < n; i++) {
                if (globals[i] < 0) {
                    throw unnumbered();
                }
                int known = remap[locals[i]];
                // Writers that ran at the same time may have left the same rows twice.
                if (known != Integer.MIN_VALUE && known != globals[i]) {
                    throw problem("maps local_index " + locals[i] + " to both " + known + " and " + globals[i]);
                }
                remap[locals[i]] = globals[i];
            }
            for (int local = 0; local < size; local++) {
                if (remap[local] == Integer.MIN_VALUE) {
                    throw problem("has no row for local_index " + local);
                }
            }
            return remap;
        }

        private HoxException unnumbered() {
            int missing = 0;
            for (int i = 0; i < n; i++) {
                missing += globals[i] < 0 ? 1 : 0;
            }
            return new HoxException("layout " + uid + " in " + table.uri() + " has null global_index values (" + missing
                    + " of " + n + " features): its numbers can't be placed yet. Run 'hox optimize' on the atlas, then"
                    + " 'hox snapshot'");
        }

        private HoxException problem(String what) {
            return new HoxException("layout " + uid + " in " + table.uri() + " " + what
                    + ". Run 'hox validate' to see which datasets use it");
        }
    }
}
