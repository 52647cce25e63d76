package io.hox.atlas;

import io.hox.HoxException;
import io.hox.lance.LanceScan;
import io.hox.lance.LanceTable;
import io.hox.lance.ScanRequest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;

/** Loads a registry table into memory, batch by batch and within bounds. */
final class RegistryReader {
    private static final int MAX_FEATURES = 1 << 25;
    private static final long MAX_CHARACTERS = 1L << 29;
    /** Far more numbers than features: a wild index must not become the size of an array. */
    private static final int MAX_GLOBAL_INDEX = 1 << 27;

    private final LanceTable table;

    RegistryReader(LanceTable table) {
        this.table = table;
    }

    Registry read() {
        long expected = table.countRows(null);
        if (expected > MAX_FEATURES) {
            throw new HoxException("registry " + table.uri() + " has " + expected + " features; at most " + MAX_FEATURES
                    + " can be held in memory");
        }
        int rows = (int) expected;
        String[] uids = new String[rows];
        int[] globals = new int[rows];
        List<FeatureColumn> columns = new ArrayList<>();
        int n = 0;
        long characters = 0;
        try (LanceScan scan = table.scan(ScanRequest.ALL)) {
            while (scan.next()) {
                VectorSchemaRoot batch = scan.batch();
                int count = Math.min(batch.getRowCount(), rows - n);
                characters += readUids(batch, count, uids, n);
                readGlobals(batch, count, globals, n);
                if (columns.isEmpty()) {
                    addColumns(scan, batch, rows, columns);
                }
                for (FeatureColumn column : columns) {
                    characters += column.put(scan, batch.getVector(column.name()), count, n);
                }
                if (characters > MAX_CHARACTERS) {
                    throw new HoxException("registry " + table.uri() + " holds more than " + MAX_CHARACTERS
                            + " characters of text, more than fits in memory");
                }
                n += count;
            }
        }
        if (n < rows) {
            uids = Arrays.copyOf(uids, n);
            globals = Arrays.copyOf(globals, n);
            for (FeatureColumn column : columns) {
                column.trim(n);
            }
        }
        return new Registry(new TableRef(table.name(), table.version()), table.uri(), uids, globals, columns);
    }

    private static void addColumns(LanceScan scan, VectorSchemaRoot batch, int rows, List<FeatureColumn> columns) {
        for (FieldVector vector : batch.getFieldVectors()) {
            String name = vector.getName();
            if (!name.equals(Registry.UID) && !name.equals(Registry.GLOBAL_INDEX)) {
                columns.add(FeatureColumn.like(scan, vector, rows));
            }
        }
    }

    private long readUids(VectorSchemaRoot batch, int count, String[] uids, int at) {
        FieldVector vector = vector(batch, Registry.UID);
        long characters = 0;
        for (int i = 0; i < count; i++) {
            String uid = ArrowValues.text(vector, i);
            if (uid == null) {
                throw new HoxException("row " + (at + i) + " of registry " + table.uri() + " has no uid");
            }
            uids[at + i] = uid;
            characters += uid.length();
        }
        return characters;
    }

    private void readGlobals(VectorSchemaRoot batch, int count, int[] globals, int at) {
        FieldVector vector = vector(batch, Registry.GLOBAL_INDEX);
        for (int i = 0; i < count; i++) {
            if (vector.isNull(i)) {
                globals[at + i] = Registry.UNNUMBERED;
                continue;
            }
            long index = ArrowValues.integer(vector, i);
            if (index < 0 || index > MAX_GLOBAL_INDEX) {
                throw new HoxException("row " + (at + i) + " of registry " + table.uri() + " has the global_index "
                        + index + "; it must be between 0 and " + MAX_GLOBAL_INDEX);
            }
            globals[at + i] = (int) index;
        }
    }

    private FieldVector vector(VectorSchemaRoot batch, String column) {
        FieldVector vector = batch.getVector(column);
        if (vector == null) {
            throw new HoxException(
                    "table " + table.uri() + " is not a feature registry: it has no column '" + column + "'");
        }
        return vector;
    }
}
