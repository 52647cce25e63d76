package io.hox.atlas;

import io.hox.lance.LanceRuntime;
import io.hox.lance.LanceTable;
import io.hox.zarr.ArrayMetadata;
import io.hox.zarr.ArrayWriter;
import io.hox.zarr.DataType;
import io.hox.zarr.Values;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.ValueVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.complex.StructVector;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;
import org.lance.FragmentMetadata;

/** Small datasets, written step by step as an ingest does. Cell i has the count i + 1 of the features i and i + 1. */
final class MadeDatasets {
    private final AtlasWriter writer;
    private final String field;

    MadeDatasets(AtlasWriter writer, String field) {
        this.writer = writer;
        this.field = field;
    }

    /** All steps. */
    void write(String dataset, List<String> features, int cells) {
        register(dataset, features, cells);
        writer.addCells("cells", fragments(dataset, dataset, cells), dataset, true);
    }

    /** All steps but the last. */
    void register(String dataset, List<String> features, int cells) {
        registerGroup(dataset, dataset + "/rna", features, cells);
    }

    /** As {@link #register} with any group. */
    void registerGroup(String dataset, String group, List<String> features, int cells) {
        List<Map<String, Object>> rows = new ArrayList<>();
        features.forEach(uid -> rows.add(Map.of("uid", uid)));
        writer.registerFeatures("gene_expression", rows);
        arrays(group, features.size(), cells);
        String layout = writer.registerLayout("gene_expression", features);
        writer.registerDatasets(Map.of(row(dataset, group, layout), (long) cells));
    }

    DatasetRow row(String dataset, String group, String layout) {
        Map<String, Object> extra = new HashMap<>();
        for (Field column : writer.datasetSchema().getFields()) {
            if (column.getName().equals("organism")) {
                extra.put("organism", "human");
            }
        }
        return new DatasetRow(dataset, group, "gene_expression", layout, null, extra);
    }

    void arrays(String group, int features, int cells) {
        int[] indices = new int[2 * cells];
        int[] counts = new int[2 * cells];
        for (int cell = 0; cell < cells; cell++) {
            indices[2 * cell] = cell % (features - 1);
            indices[2 * cell + 1] = cell % (features - 1) + 1;
            counts[2 * cell] = cell + 1;
            counts[2 * cell + 1] = cell + 1;
        }
        FeatureSpace space = writer.space("gene_expression");
        array(group + "/" + space.indicesPath(), space.arrays().get(0).encoding(), indices);
        array(group + "/" + space.layerPath("counts"), space.layer("counts").encoding(), counts);
    }

    private void array(String path, Encoding encoding, int[] values) {
        ArrayMetadata template = ArrayMetadata.sharded(
                DataType.UINT32,
                new long[] {0},
                new int[] {128},
                new long[] {1024},
                encoding.compression(DataType.UINT32));
        try (ArrayWriter array = writer.zarr().createArray(path, template)) {
            array.append(Values.of(DataType.UINT32, values), 0, values.length);
            array.finish();
        }
    }

    List<FragmentMetadata> fragments(String dataset, String uidPrefix, int cells) {
        return fragments(dataset, dataset + "/rna", uidPrefix, cells);
    }

    List<FragmentMetadata> fragments(String dataset, String group, String uidPrefix, int cells) {
        try (LanceTable table = writer.obsRef("cells").open();
                VectorSchemaRoot batch = cells(table.schema(), dataset, group, uidPrefix, cells)) {
            return table.writeFragments(batch);
        }
    }

    /** Required columns and the pointer; the others are left out. */
    private VectorSchemaRoot cells(Schema schema, String dataset, String group, String uidPrefix, int cells) {
        List<Field> fields = new ArrayList<>();
        for (Field column : schema.getFields()) {
            if (!column.isNullable() || column.getName().equals(field)) {
                fields.add(new Field(column.getName(), FieldType.nullable(column.getType()), column.getChildren()));
            }
        }
        VectorSchemaRoot root = VectorSchemaRoot.create(new Schema(fields), LanceRuntime.allocator());
        root.allocateNew();
        for (int cell = 0; cell < cells; cell++) {
            for (FieldVector vector : root.getFieldVectors()) {
                if (vector instanceof StructVector pointer) {
                    pointer.setIndexDefined(cell);
                    text(pointer.getChild("zarr_group"), cell, group);
                    ((BigIntVector) pointer.getChild("start")).setSafe(cell, 2L * cell);
                    ((BigIntVector) pointer.getChild("end")).setSafe(cell, 2L * cell + 2);
                    ((BigIntVector) pointer.getChild("zarr_row")).setSafe(cell, cell);
                } else if (vector instanceof BitVector bits) {
                    bits.setSafe(cell, cell % 2);
                } else if (vector.getName().equals("uid")) {
                    text(vector, cell, uidPrefix + "-" + cell);
                } else {
                    text(vector, cell, dataset);
                }
            }
        }
        root.setRowCount(cells);
        return root;
    }

    private static void text(ValueVector vector, int row, String value) {
        ((VarCharVector) vector).setSafe(row, value.getBytes(StandardCharsets.UTF_8));
    }
}
