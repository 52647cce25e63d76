package io.hox.ingest;

import io.hox.HoxException;
import io.hox.anndata.AnnData;
import io.hox.atlas.ArraySpec;
import io.hox.atlas.Encoding;
import io.hox.matrix.LayerConversion;
import io.hox.source.Matrix;
import io.hox.source.RowBlock;
import io.hox.zarr.ArrayMetadata;
import io.hox.zarr.ArrayWriter;
import io.hox.zarr.DataType;
import io.hox.zarr.Values;
import io.hox.zarr.ZarrHierarchy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Writes the matrices of a file as the arrays of a sparse group: one index array, one flat array a layer. All layers
 * share the index array, so their matrices must have their entries in the same places.
 */
final class SparseGroupWriter {
    /** Entries in memory at a time: some tens of megabytes with conversions. */
    private static final int BLOCK_ENTRIES = 1 << 21;

    private final DatasetPlan plan;
    private final ZarrHierarchy zarr;
    private final WriteProgress progress;
    private final long[] rowEnds;
    private final List<BlockShape> shapes = new ArrayList<>();
    private long normalisedRows;

    /** What the first matrix had in a range of rows, to hold the other ones against. */
    private record BlockShape(long firstRow, int rows, int entries, int hash) {
        static BlockShape of(RowBlock block) {
            return new BlockShape(
                    block.firstRow(),
                    block.rows(),
                    block.entries(),
                    31 * Arrays.hashCode(block.indptr()) + Arrays.hashCode(block.indices()));
        }
    }

    SparseGroupWriter(DatasetPlan plan, ZarrHierarchy zarr, WriteProgress progress, int rows) {
        this.plan = plan;
        this.zarr = zarr;
        this.progress = progress;
        this.rowEnds = new long[rows];
    }

    /** Writes everything; returns where the entries of each row end. */
    long[] write(AnnData file) {
        List<LayerPlan> layers = plan.layers();
        writeFirst(file.matrix(layers.get(0).matrix()), layers.get(0));
        for (LayerPlan layer : layers.subList(1, layers.size())) {
            writeFurther(file, layer);
        }
        return rowEnds;
    }

    /** Rows whose indices were unsorted or repeated in the file. */
    long normalisedRows() {
        return normalisedRows;
    }

    private void writeFirst(Matrix matrix, LayerPlan layer) {
        // Signed differences: half the bytes of the plain ones at row borders, and every reader knows them.
        DataType indexType = indexType();
        ArrayMetadata indexArray = ArrayMetadata.sparse(indexType, Encoding.PACKED_ZIGZAG.compression(indexType));
        try (ArrayWriter indices = zarr.createArray(path(plan.space().indicesPath()), indexArray);
                ArrayWriter values = create(layer)) {
            LayerConversion conversion = plan.conversion(layer);
            normalisedRows = matrix.forEachRowBlock(BLOCK_ENTRIES, block -> {
                long before = indices.elements();
                indices.append(indexValues(indexType, block), 0, block.entries());
                values.append(convert(conversion, block), 0, block.entries());
                for (int row = 0; row < block.rows(); row++) {
                    rowEnds[Math.toIntExact(block.firstRow() + row)] = before + block.indptr()[row + 1];
                }
                shapes.add(BlockShape.of(block));
                progress.wrote(block.rows(), block.entries());
            });
            indices.finish();
            values.finish();
        }
    }

    private DataType indexType() {
        for (ArraySpec array : plan.space().arrays()) {
            if (array.path().equals(plan.space().indicesPath()) && array.types().equals(List.of(DataType.UINT64))) {
                return DataType.UINT64;
            }
        }
        return DataType.UINT32;
    }

    private static Values indexValues(DataType type, RowBlock block) {
        if (type == DataType.UINT32) {
            return Values.of(type, block.indices());
        }
        long[] wide = new long[block.entries()];
        for (int i = 0; i < wide.length; i++) {
            wide[i] = block.indices()[i];
        }
        return Values.of(type, wide);
    }

    private void writeFurther(AnnData file, LayerPlan layer) {
        Matrix matrix = file.matrix(layer.matrix());
        LayerConversion conversion = plan.conversion(layer);
        int[] next = {0};
        try (ArrayWriter values = create(layer)) {
            matrix.forEachRowBlock(BLOCK_ENTRIES, block -> {
                int number = next[0]++;
                if (number >= shapes.size() || !shapes.get(number).equals(BlockShape.of(block))) {
                    throw otherStructure(file, layer, block);
                }
                values.append(convert(conversion, block), 0, block.entries());
                progress.wrote(0, block.entries());
            });
            values.finish();
        }
    }

    private HoxException otherStructure(AnnData file, LayerPlan layer, RowBlock block) {
        String first = plan.layers().get(0).matrix();
        long[] cell = {block.firstRow()};
        long end = block.firstRow() + block.rows();
        file.matrix(first).forEachRowBlock(block.firstRow(), end, BLOCK_ENTRIES, other -> {
            int rows = Math.min(other.rows(), block.rows());
            int row = 0;
            while (other.firstRow() == block.firstRow() && row < rows && sameRow(block, other, row)) {
                row++;
            }
            cell[0] = Math.max(cell[0], other.firstRow() + row);
        });
        return new HoxException(plan.source(layer) + " has its entries in other places than " + first
                + ", first in cell " + Math.min(cell[0], end - 1) + " (counted from 0). All layers of a sparse dataset"
                + " share one structure: ingest them as separate datasets, or store the same entries in both");
    }

    private static boolean sameRow(RowBlock a, RowBlock b, int row) {
        return Arrays.equals(
                a.indices(), a.indptr()[row], a.indptr()[row + 1], b.indices(), b.indptr()[row], b.indptr()[row + 1]);
    }

    private Values convert(LayerConversion conversion, RowBlock block) {
        return conversion.convert(block.values(), entry -> {
            int found = Arrays.binarySearch(block.indptr(), entry);
            int row = found < 0 ? -found - 2 : found;
            while (block.indptr()[row + 1] <= entry) {
                row++; // empty rows share their offset with the next one
            }
            return plan.place(block.firstRow() + row, block.indices()[entry]);
        });
    }

    private ArrayWriter create(LayerPlan layer) {
        ArrayMetadata template =
                ArrayMetadata.sparse(layer.type(), layer.encoding().compression(layer.type()));
        return zarr.createArray(path(plan.space().layerPath(layer.layer())), template);
    }

    private String path(String relative) {
        return plan.zarrGroup() + "/" + relative;
    }
}
