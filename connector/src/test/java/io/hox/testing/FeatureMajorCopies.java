package io.hox.testing;

import io.hox.atlas.Atlas;
import io.hox.atlas.AtlasUri;
import io.hox.atlas.AtlasView;
import io.hox.lance.LanceScan;
import io.hox.lance.LanceSql;
import io.hox.lance.ScanRequest;
import io.hox.zarr.ArrayMetadata;
import io.hox.zarr.ArrayWriter;
import io.hox.zarr.Compression;
import io.hox.zarr.DataType;
import io.hox.zarr.Values;
import io.hox.zarr.ZarrHierarchy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.arrow.vector.BigIntVector;

/** Makes feature-major copies of small groups in the plainest way: the latest snapshot's cells, counts only. */
public final class FeatureMajorCopies {
    private static final String SPACE = "gene_expression";

    private FeatureMajorCopies() {}

    /** @param chunk entries of an inner chunk */
    public static void make(String atlas, String column, String group, int chunk) {
        try (Atlas opened = Atlas.open(AtlasUri.resolve(atlas, null), Map.of());
                AtlasView view = opened.view(opened.latestSnapshot())) {
            ZarrHierarchy zarr = view.zarr();
            int features = view.remap(view.dataset(SPACE, group).layoutUid()).length;
            int[] indices = zarr.array(group + "/csr/indices").readAll().ints();
            int[] counts = zarr.array(group + "/csr/layers/counts").readAll().ints();
            List<List<int[]>> columns = new ArrayList<>();
            for (int f = 0; f < features; f++) {
                columns.add(new ArrayList<>());
            }
            for (Map.Entry<Long, long[]> cell : cells(view, column, group).entrySet()) {
                for (long i = cell.getValue()[0]; i < cell.getValue()[1]; i++) {
                    columns.get(indices[(int) i]).add(new int[] {cell.getKey().intValue(), counts[(int) i]});
                }
            }
            write(zarr, group, columns, chunk);
        }
    }

    private static Map<Long, long[]> cells(AtlasView view, String column, String group) {
        Map<Long, long[]> cells = new TreeMap<>();
        ScanRequest request = ScanRequest.ALL
                .withColumns(column + ".start", column + ".end", column + ".zarr_row")
                .withFilter(LanceSql.column(column, "zarr_group") + " = " + LanceSql.literal(group));
        String obs = view.snapshot().obsTables().keySet().iterator().next();
        try (LanceScan scan = view.obs(obs).scan(request)) {
            while (scan.next()) {
                for (int i = 0; i < scan.batch().getRowCount(); i++) {
                    cells.put(
                            number(scan, column + ".zarr_row", i),
                            new long[] {number(scan, column + ".start", i), number(scan, column + ".end", i)});
                }
            }
        }
        return cells;
    }

    private static long number(LanceScan scan, String column, int row) {
        return ((BigIntVector) scan.batch().getVector(column)).get(row);
    }

    private static void write(ZarrHierarchy zarr, String group, List<List<int[]>> columns, int chunk) {
        long[] pointers = new long[columns.size() + 1];
        for (int f = 0; f < columns.size(); f++) {
            pointers[f + 1] = pointers[f] + columns.get(f).size();
        }
        int[] rows = new int[(int) pointers[columns.size()]];
        int[] values = new int[rows.length];
        int n = 0;
        for (List<int[]> column : columns) {
            for (int[] entry : column) {
                rows[n] = entry[0];
                values[n++] = entry[1];
            }
        }
        write(zarr, group + "/csc/indices", Values.of(DataType.UINT32, rows), chunk);
        write(zarr, group + "/csc/layers/counts", Values.of(DataType.UINT32, values), chunk);
        write(zarr, group + "/csc/indptr", Values.of(DataType.INT64, pointers), chunk);
    }

    private static void write(ZarrHierarchy zarr, String path, Values values, int chunk) {
        ArrayMetadata template = ArrayMetadata.sharded(
                values.type(), new long[] {0}, new int[] {chunk}, new long[] {64L * chunk}, Compression.zstd());
        try (ArrayWriter writer = zarr.createArray(path, template)) {
            writer.append(values, 0, values.length());
            writer.finish();
        }
    }
}
