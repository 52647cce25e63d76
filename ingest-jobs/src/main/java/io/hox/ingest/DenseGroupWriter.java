package io.hox.ingest;

import io.hox.anndata.AnnData;
import io.hox.matrix.LayerConversion;
import io.hox.source.Matrix;
import io.hox.zarr.ArrayMetadata;
import io.hox.zarr.ArrayWriter;
import io.hox.zarr.Values;
import io.hox.zarr.ZarrHierarchy;

/** Writes the matrices of a file as the (cells, features) arrays of a dense group. */
final class DenseGroupWriter {
    private static final int BLOCK_ELEMENTS = 1 << 21;

    private final DatasetPlan plan;
    private final ZarrHierarchy zarr;
    private final WriteProgress progress;

    DenseGroupWriter(DatasetPlan plan, ZarrHierarchy zarr, WriteProgress progress) {
        this.plan = plan;
        this.zarr = zarr;
        this.progress = progress;
    }

    void write(AnnData file) {
        boolean first = true;
        for (LayerPlan layer : plan.layers()) {
            write(file.matrix(layer.matrix()), layer, first);
            first = false;
        }
    }

    private void write(Matrix matrix, LayerPlan layer, boolean countCells) {
        LayerConversion conversion = plan.conversion(layer);
        ArrayMetadata template = ArrayMetadata.dense(
                layer.type(), matrix.columns(), layer.encoding().compression(layer.type()));
        String path = plan.zarrGroup() + "/" + plan.space().layerPath(layer.layer());
        try (ArrayWriter writer = zarr.createArray(path, template)) {
            matrix.forEachDenseBlock(BLOCK_ELEMENTS, block -> {
                Values values = conversion.convert(
                        block.values(),
                        entry -> plan.place(block.firstRow() + entry / block.columns(), entry % block.columns()));
                writer.append(values, 0, values.length());
                progress.wrote(countCells ? block.rows() : 0, values.length());
            });
            writer.finish();
        }
    }
}
