package io.hox.ingest;

import io.hox.HoxException;
import io.hox.atlas.PointerKind;
import io.hox.atlas.Uids;
import io.hox.lance.LanceRuntime;
import io.hox.source.Column;
import io.hox.source.DataFrame;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.complex.StructVector;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/** The cell rows of a dataset, batch by batch. A batch is valid until the next one is asked for. */
final class ObsBatches implements Iterator<VectorSchemaRoot>, AutoCloseable {
    private static final int BATCH_ROWS = 8192;

    private final DatasetPlan plan;
    private final DataFrame obs;
    private final Schema table;
    private final long[] rowEnds;
    private final String[] names;
    private int nextRow;
    private VectorSchemaRoot current;

    /** @param rowEnds where the entries of each row end in a sparse group; null for a dense one */
    ObsBatches(DatasetPlan plan, DataFrame obs, Schema table, long[] rowEnds) {
        this.plan = plan;
        this.obs = obs;
        this.table = table;
        this.rowEnds = rowEnds;
        this.names = obs.index();
    }

    @Override
    public boolean hasNext() {
        return nextRow < obs.rows();
    }

    @Override
    public VectorSchemaRoot next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        close();
        int to = Math.min(obs.rows(), nextRow + BATCH_ROWS);
        List<FieldVector> vectors = new ArrayList<>();
        for (ObsMapping mapping : plan.obs().mappings()) {
            vectors.add(column(mapping, to));
        }
        vectors.add(pointers(to));
        current = new VectorSchemaRoot(vectors);
        current.setRowCount(to - nextRow);
        nextRow = to;
        return current;
    }

    private FieldVector column(ObsMapping mapping, int to) {
        Field field = table.findField(mapping.target());
        FieldVector vector = newVector(field);
        switch (mapping.origin()) {
            case COLUMN -> {
                Column column = obs.column(mapping.source());
                ObsVectors.copy(plan.file(), column, nextRow, to, field, vector);
            }
            case INDEX -> ObsVectors.copyTexts(names, nextRow, to, (VarCharVector) vector);
            case DATASET_UID -> {
                byte[] uid = plan.datasetUid().getBytes(StandardCharsets.UTF_8);
                for (int row = nextRow; row < to; row++) {
                    ((VarCharVector) vector).setSafe(row - nextRow, uid);
                }
            }
            case GENERATED_UID -> {
                for (int row = nextRow; row < to; row++) {
                    byte[] uid = Uids.stable(plan.datasetUid(), Integer.toString(row))
                            .getBytes(StandardCharsets.US_ASCII);
                    ((VarCharVector) vector).setSafe(row - nextRow, uid);
                }
            }
        }
        vector.setValueCount(to - nextRow);
        if (!field.isNullable() && vector.getNullCount() > 0) {
            throw missing(mapping, vector);
        }
        return vector;
    }

    private HoxException missing(ObsMapping mapping, FieldVector vector) {
        int row = 0;
        while (!vector.isNull(row)) {
            row++;
        }
        vector.close();
        return new HoxException(plan.file() + ": obs column " + mapping.source() + " has no value in row "
                + (nextRow + row) + ", but the atlas requires one in " + mapping.target());
    }

    private StructVector pointers(int to) {
        StructVector struct =
                (StructVector) newVector(table.findField(plan.pointer().name()));
        VarCharVector groups = (VarCharVector) struct.getChild("zarr_group");
        byte[] group = plan.zarrGroup().getBytes(StandardCharsets.UTF_8);
        boolean sparse = plan.pointer().kind() == PointerKind.SPARSE;
        BigIntVector position = (BigIntVector) struct.getChild(sparse ? "zarr_row" : "position");
        BigIntVector start = sparse ? (BigIntVector) struct.getChild("start") : null;
        BigIntVector end = sparse ? (BigIntVector) struct.getChild("end") : null;
        for (int row = nextRow; row < to; row++) {
            int i = row - nextRow;
            struct.setIndexDefined(i);
            groups.setSafe(i, group);
            position.setSafe(i, row);
            if (sparse) {
                start.setSafe(i, row == 0 ? 0 : rowEnds[row - 1]);
                end.setSafe(i, rowEnds[row]);
            }
        }
        struct.setValueCount(to - nextRow);
        return struct;
    }

    /** A vector of the field's values; a dictionary column takes plain strings. */
    private static FieldVector newVector(Field field) {
        FieldVector vector = field.createVector(LanceRuntime.allocator());
        vector.allocateNew();
        return vector;
    }

    @Override
    public void close() {
        if (current != null) {
            current.close();
            current = null;
        }
    }
}
