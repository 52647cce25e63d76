package io.hox.spark.write;

import io.hox.HoxException;
import io.hox.atlas.Uids;
import io.hox.lance.LanceRuntime;
import io.hox.lance.LanceTable;
import java.io.Closeable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.complex.StructVector;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.apache.spark.sql.catalyst.InternalRow;
import org.lance.FragmentMetadata;

/** Collects the rows of cells and writes them as Lance fragments, one whenever enough have come together. */
final class CellRows implements Closeable {
    private static final int MAX_ROWS = 1 << 20;
    private static final long MAX_BYTES = 64L << 20;

    private final AppendPlan plan;
    private final LanceTable table;
    private final Schema schema;
    private final List<FieldVector> vectors = new ArrayList<>();
    private final List<FragmentMetadata> fragments = new ArrayList<>();
    private int rows;
    private long bytes;

    CellRows(AppendPlan plan) {
        this.plan = plan;
        this.table = plan.obsTable().open();
        this.schema = table.schema();
    }

    /**
     * Adds a cell.
     *
     * @param row the row of the DataFrame
     * @param dataset the cell's dataset
     * @param cell names the cell in messages
     */
    void add(InternalRow row, DatasetWriter dataset, String cell) {
        if (vectors.isEmpty()) {
            allocate();
        }
        int at = 0;
        for (ObsInput column : plan.obs()) {
            FieldVector vector = vectors.get(at++);
            if (!row.isNullAt(column.ordinal())) {
                bytes += ArrowCells.set(
                        vector, rows, row, column.ordinal(), column.type(), column.name() + " of " + cell);
            } else if (!vector.getField().isNullable()) {
                throw new HoxException(cell + " has no value of column " + column.name()
                        + ", which the atlas requires; fill it or leave such cells out");
            }
        }
        byte[] datasetUid = dataset.uid().getBytes(StandardCharsets.UTF_8);
        ((VarCharVector) vectors.get(at++)).setSafe(rows, datasetUid);
        if (plan.makesUids()) {
            byte[] uid =
                    Uids.stable(dataset.uid(), Long.toString(dataset.cells())).getBytes(StandardCharsets.US_ASCII);
            ((VarCharVector) vectors.get(at++)).setSafe(rows, uid);
        }
        for (int field = 0; field < plan.fields().size(); field++) {
            if (dataset.has(field)) {
                point((StructVector) vectors.get(at), dataset, field);
            }
            at++;
        }
        bytes += datasetUid.length + (long) Long.BYTES * vectors.size();
        rows++;
        if (rows == MAX_ROWS || bytes >= MAX_BYTES) {
            flush();
        }
    }

    private void point(StructVector struct, DatasetWriter dataset, int field) {
        GroupWriter group = dataset.group(field);
        struct.setIndexDefined(rows);
        byte[] path = group.path().getBytes(StandardCharsets.UTF_8);
        ((VarCharVector) struct.getChild("zarr_group")).setSafe(rows, path);
        bytes += path.length;
        long row = group.rows() - 1;
        if (plan.fields().get(field).isDense()) {
            ((BigIntVector) struct.getChild("position")).setSafe(rows, row);
        } else {
            ((BigIntVector) struct.getChild("zarr_row")).setSafe(rows, row);
            ((BigIntVector) struct.getChild("start")).setSafe(rows, group.start());
            ((BigIntVector) struct.getChild("end")).setSafe(rows, group.end());
        }
    }

    private void allocate() {
        for (ObsInput column : plan.obs()) {
            allocate(column.name());
        }
        allocate(AppendPlan.DATASET_UID);
        if (plan.makesUids()) {
            allocate(AppendPlan.UID);
        }
        for (FieldInput field : plan.fields()) {
            allocate(field.name());
        }
    }

    private void allocate(String column) {
        Field field = schema.findField(column);
        FieldVector vector = field.createVector(LanceRuntime.allocator());
        vector.allocateNew();
        vectors.add(vector);
    }

    /** Writes what is left; the fragments of all cells. */
    List<FragmentMetadata> finish() {
        flush();
        return fragments;
    }

    private void flush() {
        if (rows > 0) {
            for (FieldVector vector : vectors) {
                vector.setValueCount(rows);
            }
            fragments.addAll(table.writeFragments(new VectorSchemaRoot(vectors)));
        }
        clear();
    }

    private void clear() {
        vectors.forEach(FieldVector::close);
        vectors.clear();
        rows = 0;
        bytes = 0;
    }

    @Override
    public void close() {
        clear();
        table.close();
    }
}
