package io.hox.ingest;

import io.hox.job.TaskCount;
import io.hox.matrix.LayerConversion;
import io.hox.source.Matrix;
import io.hox.source.Source;
import io.hox.zarr.ArrayMetadata;
import io.hox.zarr.ArrayWriter;
import io.hox.zarr.Values;
import io.hox.zarr.ZarrHierarchy;

/** Writes a piece of a dense group: some rows of a (cells, features) array a layer. */
final class DensePieceWriter {
    private final DatasetPlan plan;
    private final ModalityPlan modality;
    private final Piece piece;
    private final ZarrHierarchy zarr;
    private final TaskCount count;

    DensePieceWriter(DatasetPlan plan, ModalityPlan modality, Piece piece, ZarrHierarchy zarr, TaskCount count) {
        this.plan = plan;
        this.modality = modality;
        this.piece = piece;
        this.zarr = zarr;
        this.count = count;
    }

    PieceResult write(Source source) {
        for (LayerPlan layer : modality.layers()) {
            write(source, layer, layer == modality.first());
        }
        long rows = piece.endRow() - piece.firstRow();
        return new PieceResult(
                piece.firstRow(), rows, rows * modality.features().length(), 0, 0, false);
    }

    private void write(Source source, LayerPlan layer, boolean counts) {
        Matrix matrix = modality.matrix(source, layer).withMemory(plan.waitingBytes());
        LayerConversion conversion = modality.conversion(layer);
        ArrayMetadata template = plan.shapes().rows(layer.type(), layer.compression(), 0, matrix.columns());
        try (ArrayWriter writer = zarr.createShards(modality.layerPath(layer), template, piece.firstShard())) {
            matrix.forEachDenseBlock(piece.firstRow(), piece.endRow(), plan.blockEntries(), block -> {
                Values values = conversion.convert(
                        block.values(),
                        entry -> modality.place(block.firstRow() + entry / block.columns(), entry % block.columns()));
                writer.append(values, 0, values.length());
                if (counts) {
                    count.wrote(block.rows(), values.length());
                }
            });
            writer.finish();
        }
    }
}
