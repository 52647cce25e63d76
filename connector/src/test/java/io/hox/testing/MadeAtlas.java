package io.hox.testing;

import io.hox.atlas.AtlasSchema;
import io.hox.atlas.AtlasUri;
import io.hox.atlas.AtlasWriter;
import io.hox.atlas.DatasetRow;
import io.hox.atlas.FeatureSpaces;
import io.hox.lance.LanceRuntime;
import io.hox.lance.LanceTable;
import io.hox.zarr.ArrayMetadata;
import io.hox.zarr.ArrayWriter;
import io.hox.zarr.DataType;
import io.hox.zarr.Values;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.ValueVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.complex.StructVector;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * An atlas of any size with one sparse pointer column {@code rna}. Each dataset is a group of its own; the cells lie in
 * the table in whatever order a test wants.
 *
 * <p>Cell {@code c} of a group has so many entries as its group's cells have, of the features from {@code c % 13} on, with
 * the count {@code c % 100 + 1}.
 */
public final class MadeAtlas {
    private static final int BATCH = 8_192;
    private static final String SCHEMA =
            """
            {"obs": {"cells": {"pointers": {"rna": "gene_expression"}, "columns": {"cell_type": "string"}}},
             "registries": {"gene_expression": {"table": "genes", "columns": {"gene_name": "string"}}}}
            """;

    /**
     * One group.
     *
     * @param entries of each cell
     */
    public record Group(int cells, int entries) {}

    private final Path path;
    private final List<Group> groups = new ArrayList<>();
    private int chunk = 1_024;
    private int chunksPerShard = 64;

    public MadeAtlas(Path path) {
        this.path = path;
    }

    public MadeAtlas group(int cells, int entries) {
        groups.add(new Group(cells, entries));
        return this;
    }

    /** Elements of a chunk, and chunks of a shard. */
    public MadeAtlas shards(int elements, int chunks) {
        chunk = elements;
        chunksPerShard = chunks;
        return this;
    }

    /** The cells of all groups, group by group: the number of the group in the upper half, that of the cell below. */
    public long[] inOrder() {
        return IntStream.range(0, groups.size())
                .boxed()
                .flatMapToLong(
                        group -> LongStream.range(0, groups.get(group).cells).map(cell -> (long) group << 32 | cell))
                .toArray();
    }

    /**
     * Writes everything and makes a snapshot.
     *
     * @param rows the cells as {@link #inOrder} gives them, in any order; -1 for a cell without numbers
     * @param rowsPerFragment how the table is cut
     */
    public Path write(long[] rows, int rowsPerFragment) {
        AtlasUri uri = AtlasUri.resolve(path.toString(), null);
        FeatureSpaces none = FeatureSpaces.none();
        try (AtlasWriter writer = AtlasWriter.create(uri, Map.of(), AtlasSchema.fromJson(SCHEMA), none)) {
            List<String> features = new ArrayList<>();
            int most = groups.stream().mapToInt(Group::entries).max().orElse(0) + 13;
            for (int i = 0; i < most; i++) {
                features.add(String.format("gene%05d", i));
            }
            writer.registerFeatures(
                    "gene_expression",
                    features.stream()
                            .map(uid -> Map.<String, Object>of("uid", uid, "gene_name", uid))
                            .toList());
            String layout = writer.registerLayout("gene_expression", features);
            Map<DatasetRow, Long> datasets = new LinkedHashMap<>();
            for (int i = 0; i < groups.size(); i++) {
                arrays(writer, name(i), groups.get(i));
                DatasetRow row = new DatasetRow("d" + i, name(i), "gene_expression", layout, null, Map.of());
                datasets.put(row, (long) groups.get(i).cells);
            }
            writer.registerDatasets(datasets);
            try (LanceTable table = writer.obsRef("cells").open()) {
                for (int from = 0; from < rows.length; from += rowsPerFragment) {
                    int to = Math.min(rows.length, from + rowsPerFragment);
                    table.change(null, table.writeFragments(new Batches(table.schema(), rows, from, to)));
                }
            }
            writer.optimize();
            writer.snapshot();
        }
        return path;
    }

    public static String name(int group) {
        return String.format("datasets/%08d/rna", group);
    }

    private void arrays(AtlasWriter writer, String group, Group shape) {
        try (ArrayWriter indices = array(writer, group + "/csr/indices");
                ArrayWriter counts = array(writer, group + "/csr/layers/counts")) {
            int step = Math.max(1, (1 << 18) / Math.max(1, shape.entries));
            for (int from = 0; from < shape.cells; from += step) {
                int cells = Math.min(step, shape.cells - from);
                int[] index = new int[cells * shape.entries];
                int[] count = new int[cells * shape.entries];
                for (int i = 0; i < index.length; i++) {
                    int cell = from + i / shape.entries;
                    index[i] = cell % 13 + i % shape.entries;
                    count[i] = cell % 100 + 1;
                }
                indices.append(Values.of(DataType.UINT32, index), 0, index.length);
                counts.append(Values.of(DataType.UINT32, count), 0, count.length);
            }
            indices.finish();
            counts.finish();
        }
    }

    private ArrayWriter array(AtlasWriter writer, String path) {
        boolean index = path.endsWith("indices");
        ArrayMetadata template = ArrayMetadata.sharded(
                DataType.UINT32,
                new long[] {0},
                new int[] {chunk},
                new long[] {(long) chunk * chunksPerShard},
                (index
                                ? writer.space("gene_expression")
                                        .arrays()
                                        .get(0)
                                        .encoding()
                                : writer.space("gene_expression")
                                        .layer("counts")
                                        .encoding())
                        .compression(DataType.UINT32));
        return writer.zarr().createArray(path, template);
    }

    /** The rows of a fragment, batch by batch. */
    private final class Batches implements Iterator<VectorSchemaRoot> {
        private final VectorSchemaRoot root;
        private final long[] rows;
        private final int to;
        private int next;

        Batches(Schema schema, long[] rows, int from, int to) {
            List<Field> fields = new ArrayList<>();
            for (Field column : schema.getFields()) {
                fields.add(new Field(column.getName(), FieldType.nullable(column.getType()), column.getChildren()));
            }
            this.root = VectorSchemaRoot.create(new Schema(fields), LanceRuntime.allocator());
            this.rows = rows;
            this.next = from;
            this.to = to;
        }

        @Override
        public boolean hasNext() {
            if (next == to) {
                root.close();
            }
            return next < to;
        }

        @Override
        public VectorSchemaRoot next() {
            if (next == to) {
                throw new NoSuchElementException();
            }
            int count = Math.min(BATCH, to - next);
            root.clear();
            root.allocateNew();
            for (int i = 0; i < count; i++) {
                long row = rows[next + i];
                for (FieldVector vector : root.getFieldVectors()) {
                    set(vector, i, next + i, row);
                }
            }
            root.setRowCount(count);
            next += count;
            return root;
        }

        private void set(FieldVector vector, int at, int number, long row) {
            int group = (int) (row >> 32);
            long cell = row & 0xffffffffL;
            if (vector instanceof StructVector pointer) {
                if (row >= 0) {
                    long entries = groups.get(group).entries;
                    pointer.setIndexDefined(at);
                    text(pointer.getChild("zarr_group"), at, name(group));
                    ((BigIntVector) pointer.getChild("start")).setSafe(at, cell * entries);
                    ((BigIntVector) pointer.getChild("end")).setSafe(at, (cell + 1) * entries);
                    ((BigIntVector) pointer.getChild("zarr_row")).setSafe(at, cell);
                } else {
                    pointer.setNull(at);
                }
            } else if (vector.getName().equals("uid")) {
                text(vector, at, row < 0 ? "none-" + number : group + "-" + cell);
            } else if (vector.getName().equals("cell_type")) {
                text(vector, at, "type " + cell % 10);
            } else {
                text(vector, at, row < 0 ? "d0" : "d" + group);
            }
        }
    }

    private static void text(ValueVector vector, int row, String value) {
        ((VarCharVector) vector).setSafe(row, value.getBytes(StandardCharsets.UTF_8));
    }

    /** The given rows in an order that depends on nothing but them. */
    public static long[] shuffled(long[] rows) {
        long[] shuffled = Arrays.copyOf(rows, rows.length);
        Random random = new Random(7);
        for (int i = shuffled.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            long row = shuffled[i];
            shuffled[i] = shuffled[j];
            shuffled[j] = row;
        }
        return shuffled;
    }
}
