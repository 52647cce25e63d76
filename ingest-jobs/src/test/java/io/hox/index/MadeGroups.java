package io.hox.index;

import io.hox.atlas.AtlasSchema;
import io.hox.atlas.AtlasUri;
import io.hox.atlas.AtlasWriter;
import io.hox.atlas.DatasetRow;
import io.hox.atlas.Encoding;
import io.hox.atlas.FeatureSpace;
import io.hox.atlas.FeatureSpaces;
import io.hox.lance.LanceRuntime;
import io.hox.lance.LanceTable;
import io.hox.zarr.ArrayMetadata;
import io.hox.zarr.ArrayWriter;
import io.hox.zarr.DataType;
import io.hox.zarr.Values;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.ValueVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.complex.StructVector;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;

/** An atlas of sparse groups with any entries, whose cells lie in the table in any order. */
final class MadeGroups implements AutoCloseable {
    private final String root;
    private final AtlasWriter writer;
    private final List<String> pendingGroups = new ArrayList<>();
    private final List<long[]> pendingCells = new ArrayList<>();
    private int cells;

    /** @param options access to an object store */
    MadeGroups(String root, Map<String, String> options) {
        this.root = root;
        AtlasSchema schema = new AtlasSchema(
                List.of(new AtlasSchema.ObsTable("cells", Map.of("rna", "gene_expression"), List.of())),
                List.of(),
                List.of(new AtlasSchema.RegistryTable("gene_expression", null, List.of(), null)));
        writer = AtlasWriter.create(AtlasUri.resolve(root, null), options, schema, FeatureSpaces.none());
    }

    /** One group: its entries, cell by cell. */
    static final class Group {
        final int features;
        final long[] ends;
        final int[] indices;
        final int[] counts;
        final float[] logs;

        private Group(int features, long[] ends, int[] indices, Random random) {
            this.features = features;
            this.ends = ends;
            this.indices = indices;
            this.counts = random.ints(indices.length, 0, 1000).toArray();
            this.logs = new float[indices.length];
            for (int i = 0; i < logs.length; i++) {
                logs[i] = random.nextFloat();
            }
        }

        int cells() {
            return ends.length;
        }
    }

    /**
     * Entries of all kinds: unsorted, repeated, cells without any, one of every feature; the last feature is nobody's and
     * the first one nearly everybody's.
     */
    static Group random(long seed, int cells, int features, double density) {
        Random random = new Random(seed);
        int[] indices = new int[16];
        long[] ends = new long[cells];
        int n = 0;
        for (int cell = 0; cell < cells; cell++) {
            int length = cell % 5 == 3 ? 0 : (int) (2 * density * random.nextDouble() * features);
            for (int i = 0; i < length; i++) {
                indices = n == indices.length ? Arrays.copyOf(indices, 2 * n) : indices;
                indices[n++] = i == 0 ? 0 : random.nextInt(features - 1);
            }
            ends[cell] = n;
        }
        return new Group(features, ends, Arrays.copyOf(indices, n), random);
    }

    /** A group of exactly these entries. */
    static Group of(int features, int[]... cells) {
        long[] ends = new long[cells.length];
        List<Integer> indices = new ArrayList<>();
        for (int cell = 0; cell < cells.length; cell++) {
            IntStream.of(cells[cell]).forEach(indices::add);
            ends[cell] = indices.size();
        }
        return new Group(features, ends, indices.stream().mapToInt(i -> i).toArray(), new Random(1));
    }

    /** Writes a group's arrays and its dataset; its cells come with {@link #publish}. */
    void add(String name, Group group) {
        FeatureSpace space = writer.space("gene_expression");
        array(name + "/" + space.indicesPath(), Values.of(DataType.UINT32, group.indices));
        array(name + "/" + space.layerPath("counts"), Values.of(DataType.UINT32, group.counts));
        array(name + "/" + space.layerPath("log_normalized"), Values.of(DataType.FLOAT32, group.logs));
        List<String> uids = IntStream.range(0, group.features)
                .mapToObj(i -> String.format("gene%05d", i))
                .toList();
        writer.registerFeatures(
                "gene_expression", uids.stream().map(uid -> Map.of("uid", uid)).toList());
        String layout = writer.registerLayout("gene_expression", uids);
        writer.registerDatasets(
                Map.of(new DatasetRow(name, name, "gene_expression", layout, null, Map.of()), (long) group.cells()));
        for (int cell = 0; cell < group.cells(); cell++) {
            long start = cell == 0 ? 0 : group.ends[cell - 1];
            pendingCells.add(new long[] {pendingGroups.size(), start, group.ends[cell], cell});
        }
        pendingGroups.add(name);
    }

    private void array(String path, Values values) {
        ArrayMetadata template = ArrayMetadata.sharded(
                values.type(),
                new long[] {0},
                new int[] {64},
                new long[] {256},
                Encoding.ZSTD.compression(values.type()));
        try (ArrayWriter array = writer.zarr().createArray(path, template)) {
            array.append(values, 0, values.length());
            array.finish();
        }
    }

    /** Writes the cells of the groups since the last call and makes a snapshot. @param shuffled whether in any order */
    void publish(boolean shuffled) {
        if (shuffled) {
            Collections.shuffle(pendingCells, new Random(7));
        }
        try (LanceTable table = writer.obsRef("cells").open();
                VectorSchemaRoot batch = rows(table.schema())) {
            writer.addCells("cells", table.writeFragments(batch), pendingGroups, true);
        }
        pendingGroups.clear();
        pendingCells.clear();
        snapshot();
    }

    private VectorSchemaRoot rows(Schema schema) {
        List<Field> fields = new ArrayList<>();
        for (Field column : schema.getFields()) {
            fields.add(new Field(column.getName(), FieldType.nullable(column.getType()), column.getChildren()));
        }
        VectorSchemaRoot batch = VectorSchemaRoot.create(new Schema(fields), LanceRuntime.allocator());
        batch.allocateNew();
        for (int row = 0; row < pendingCells.size(); row++) {
            long[] cell = pendingCells.get(row);
            String group = pendingGroups.get((int) cell[0]);
            for (FieldVector vector : batch.getFieldVectors()) {
                if (vector instanceof StructVector pointer) {
                    pointer.setIndexDefined(row);
                    text(pointer.getChild("zarr_group"), row, group);
                    ((BigIntVector) pointer.getChild("start")).setSafe(row, cell[1]);
                    ((BigIntVector) pointer.getChild("end")).setSafe(row, cell[2]);
                    ((BigIntVector) pointer.getChild("zarr_row")).setSafe(row, cell[3]);
                } else if (vector.getName().equals("uid")) {
                    text(vector, row, "cell" + cells++);
                } else {
                    text(vector, row, group);
                }
            }
        }
        batch.setRowCount(pendingCells.size());
        return batch;
    }

    private static void text(ValueVector vector, int row, String value) {
        ((VarCharVector) vector).setSafe(row, value.getBytes(StandardCharsets.UTF_8));
    }

    /** Deletes cells and makes a snapshot. @param filter in Lance's SQL */
    void delete(String filter) {
        try (LanceTable table = writer.obsRef("cells").open()) {
            table.change(filter, List.of());
        }
        snapshot();
    }

    private void snapshot() {
        writer.optimize();
        writer.snapshot();
    }

    String root() {
        return root;
    }

    AtlasWriter writer() {
        return writer;
    }

    @Override
    public void close() {
        writer.close();
    }
}
