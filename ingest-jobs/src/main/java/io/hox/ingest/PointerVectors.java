package io.hox.ingest;

import java.nio.charset.StandardCharsets;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.complex.StructVector;
import org.apache.arrow.vector.types.pojo.Field;

/** The pointers of cells into the group of one modality, null for cells that were not measured. */
final class PointerVectors {
    private PointerVectors() {}

    /**
     * The pointers of some cells.
     *
     * @param from number of the first cell among those of the places, {@code to} the end
     */
    static FieldVector of(ModalityPlan modality, Field field, RowPlaces places, int from, int to) {
        StructVector struct = (StructVector) ObsBatches.newVector(field);
        VarCharVector groups = (VarCharVector) struct.getChild("zarr_group");
        byte[] group = modality.zarrGroup().getBytes(StandardCharsets.UTF_8);
        boolean sparse = modality.isSparse();
        BigIntVector position = (BigIntVector) struct.getChild(sparse ? "zarr_row" : "position");
        BigIntVector start = sparse ? (BigIntVector) struct.getChild("start") : null;
        BigIntVector end = sparse ? (BigIntVector) struct.getChild("end") : null;
        for (int cell = from; cell < to; cell++) {
            if (places.row(cell) < 0) {
                continue;
            }
            int i = cell - from;
            struct.setIndexDefined(i);
            groups.setSafe(i, group);
            position.setSafe(i, places.row(cell));
            if (sparse) {
                start.setSafe(i, places.start(cell));
                end.setSafe(i, places.end(cell));
            }
        }
        struct.setValueCount(to - from);
        return struct;
    }
}
