package io.hox.ingest;

import io.hox.HoxException;
import io.hox.atlas.Uids;
import io.hox.lance.LanceRuntime;
import io.hox.source.DataFrame;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/** The rows of a range of cells, batch by batch. A batch is valid until the next one is asked for. */
final class ObsBatches implements Iterator<VectorSchemaRoot>, AutoCloseable {
    private static final int BATCH_ROWS = 16_384;

    private final DatasetPlan plan;
    private final DataFrame obs;
    private final Schema table;
    private final List<ObsMapping> mappings;
    private final List<RowPlaces> places;
    private final int first;
    private final int end;
    private int nextRow;
    private VectorSchemaRoot current;

    /** @param places where the cells lie in the group of each modality of the plan */
    ObsBatches(DatasetPlan plan, DataFrame obs, Schema table, List<RowPlaces> places, int from, int to) {
        this(plan, obs, table, plan.obs().mappings(), places, from, to);
    }

    private ObsBatches(
            DatasetPlan plan,
            DataFrame obs,
            Schema table,
            List<ObsMapping> mappings,
            List<RowPlaces> places,
            int from,
            int to) {
        this.mappings = mappings;
        this.plan = plan;
        this.obs = obs;
        this.table = table;
        this.places = places;
        this.first = from;
        this.end = to;
        this.nextRow = from;
    }

    /** The columns alone whose values may turn out not to fit. */
    static ObsBatches checking(DatasetPlan plan, DataFrame obs, Schema table, int from, int to) {
        return new ObsBatches(plan, obs, table, plan.obs().doubtful(), List.of(), from, to);
    }

    @Override
    public boolean hasNext() {
        return nextRow < end;
    }

    @Override
    public VectorSchemaRoot next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        close();
        int to = Math.min(end, nextRow + BATCH_ROWS);
        DataFrame rows = obs.rows(nextRow, to);
        List<FieldVector> vectors = new ArrayList<>();
        try {
            for (ObsMapping mapping : mappings) {
                vectors.add(column(mapping, rows));
            }
            for (int i = 0; i < places.size(); i++) {
                Field field = table.findField(plan.modalities().get(i).pointer().name());
                vectors.add(
                        PointerVectors.of(plan.modalities().get(i), field, places.get(i), nextRow - first, to - first));
            }
        } catch (RuntimeException e) {
            vectors.forEach(FieldVector::close);
            throw e;
        }
        current = new VectorSchemaRoot(vectors);
        current.setRowCount(to - nextRow);
        nextRow = to;
        return current;
    }

    private FieldVector column(ObsMapping mapping, DataFrame rows) {
        Field field = table.findField(mapping.target());
        FieldVector vector = newVector(field);
        try {
            fill(mapping, rows, field, vector);
            vector.setValueCount(rows.rows());
            if (mapping.fallback() != null) {
                vector = ObsFallbacks.filled(mapping.fallback(), field, vector);
            }
            if (!field.isNullable() && vector.getNullCount() > 0) {
                throw missing(mapping, vector);
            }
            return vector;
        } catch (RuntimeException e) {
            vector.close();
            throw e;
        }
    }

    private void fill(ObsMapping mapping, DataFrame rows, Field field, FieldVector vector) {
        switch (mapping.origin()) {
            case COLUMN -> ObsVectors.copy(plan.name(), rows.column(mapping.source()), nextRow, field, vector);
            case INDEX -> ObsTexts.copy(rows.index(), (VarCharVector) vector);
            case CONSTANT -> vector.setInitialCapacity(rows.rows());
            case DATASET_UID -> {
                byte[] uid = plan.datasetUid().getBytes(StandardCharsets.UTF_8);
                for (int row = 0; row < rows.rows(); row++) {
                    ((VarCharVector) vector).setSafe(row, uid);
                }
            }
            case GENERATED_UID -> {
                for (int row = 0; row < rows.rows(); row++) {
                    byte[] uid = Uids.stable(plan.datasetUid(), Integer.toString(nextRow + row))
                            .getBytes(StandardCharsets.US_ASCII);
                    ((VarCharVector) vector).setSafe(row, uid);
                }
            }
        }
    }

    private HoxException missing(ObsMapping mapping, FieldVector vector) {
        int row = 0;
        while (!vector.isNull(row)) {
            row++;
        }
        return new HoxException(plan.name() + ": obs column " + mapping.source() + " has no value in row "
                + (nextRow + row) + ", but the atlas requires one in " + mapping.target());
    }

    /** A vector of the field's values; a dictionary column takes plain strings. */
    static FieldVector newVector(Field field) {
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
