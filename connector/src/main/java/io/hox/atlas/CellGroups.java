package io.hox.atlas;

import io.hox.lance.LanceScan;
import io.hox.lance.ScanRequest;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import org.apache.arrow.vector.VarCharVector;

/** The Zarr groups that cells of the newest obs tables point to. */
final class CellGroups {
    private CellGroups() {}

    static Set<String> of(LatestTables tables, AtlasWriter writer) {
        Set<String> groups = new TreeSet<>();
        for (String obs : tables.roles().obsTables()) {
            for (PointerColumn pointer : writer.pointers(obs)) {
                ScanRequest request = ScanRequest.ALL
                        .withColumns(pointer.name() + "." + PointerColumn.GROUP)
                        .withFilter(pointer.presentFilter());
                tables.obs(obs, table -> {
                    try (LanceScan scan = table.scan(request)) {
                        while (scan.next()) {
                            add((VarCharVector) scan.batch().getVector(0), groups);
                        }
                    }
                    return null;
                });
            }
        }
        return groups;
    }

    /** Neighbours mostly share their group: the text is made once for each run. */
    private static void add(VarCharVector names, Set<String> groups) {
        byte[] last = {};
        for (int row = 0; row < names.getValueCount(); row++) {
            byte[] name = names.get(row);
            if (!Arrays.equals(name, last)) {
                last = name;
                groups.add(new String(name, StandardCharsets.UTF_8));
            }
        }
    }
}
