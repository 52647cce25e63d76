package io.hox.ingest;

import io.hox.HoxException;
import io.hox.atlas.Encoding;
import io.hox.job.TaskCount;
import io.hox.matrix.LayerConversion;
import io.hox.source.Matrix;
import io.hox.source.RowBlock;
import io.hox.source.Source;
import io.hox.source.ValueArrays;
import io.hox.zarr.ArrayWriter;
import io.hox.zarr.Compression;
import io.hox.zarr.DataType;
import io.hox.zarr.Values;
import io.hox.zarr.ZarrHierarchy;
import java.util.Arrays;

/**
 * Writes a piece of a sparse group: the index array and one flat array a layer, and where the piece's own rows lie in
 * them. All layers share the index array, so their matrices must have their entries in the same places.
 */
final class SparsePieceWriter {
    private final DatasetPlan plan;
    private final ModalityPlan modality;
    private final Piece piece;
    private final ZarrHierarchy zarr;
    private final TaskCount count;

    private SharedStructure structure;
    private long position;
    private long firstOwnRow = -1;
    private long ownRows;

    SparsePieceWriter(DatasetPlan plan, ModalityPlan modality, Piece piece, ZarrHierarchy zarr, TaskCount count) {
        this.plan = plan;
        this.modality = modality;
        this.piece = piece;
        this.zarr = zarr;
        this.count = count;
    }

    PieceResult write(Source source) {
        Matrix matrix = matrix(source, modality.first());
        structure = new SharedStructure();
        DataType indexType = modality.indexType();
        LayerConversion conversion = modality.conversion(modality.first());
        long entries;
        long normalised;
        // Signed differences: half the bytes of the plain ones at row borders, and every reader knows them.
        try (ArrayWriter indices =
                        shards(modality.indicesPath(), indexType, Encoding.PACKED_ZIGZAG.compression(indexType));
                ArrayWriter values = layer(modality.first());
                RowEnds.Writer ends = new RowEnds.Writer(plan.store(), modality.rowsPath() + "/" + piece.number())) {
            normalised = scan(matrix, block -> {
                Clip clip = clip(block);
                if (clip.n() > 0) {
                    indices.append(indexValues(indexType, block), clip.from(), clip.n());
                    values.append(convert(conversion, block, clip), 0, clip.n());
                }
                if (modality.layers().size() > 1) {
                    structure.add(block);
                }
                count.wrote(addRows(block, ends), clip.n());
            });
            if (piece.endOffset() >= 0 && position != piece.endOffset()) {
                return shrunk();
            }
            indices.finish();
            values.finish();
            ends.finish();
            entries = values.elements();
        }
        for (LayerPlan layer : modality.layers().subList(1, modality.layers().size())) {
            writeFurther(source, layer);
        }
        return new PieceResult(Math.max(0, firstOwnRow), ownRows, entries, 0, normalised, false);
    }

    private PieceResult shrunk() {
        if (position > piece.endOffset()) {
            throw new HoxException(modality.source(modality.first()) + " has more entries in the rows "
                    + piece.firstRow() + " to " + piece.endRow() + " than its offsets say; the source has changed while"
                    + " it was read");
        }
        return PieceResult.SHRUNK;
    }

    private void writeFurther(Source source, LayerPlan layer) {
        Matrix matrix = matrix(source, layer);
        LayerConversion conversion = modality.conversion(layer);
        SharedStructure own = new SharedStructure();
        try (ArrayWriter values = layer(layer)) {
            scan(matrix, block -> {
                Clip clip = clip(block);
                if (clip.n() > 0) {
                    values.append(convert(conversion, block, clip), 0, clip.n());
                }
                own.add(block);
                position += block.entries();
            });
            int run = structure.firstDifference(own);
            if (run >= 0) {
                throw otherStructure(source, layer, matrix, run);
            }
            values.finish();
        }
    }

    private HoxException otherStructure(Source source, LayerPlan layer, Matrix matrix, int run) {
        LayerPlan first = modality.first();
        long cell = SharedStructure.firstCell(
                matrix(source, first), matrix, piece.firstRow(), piece.endRow(), run, plan.blockEntries());
        return new HoxException(modality.source(layer) + " has its entries in other places than " + first.matrix()
                + ", first in cell " + cell + " (counted from 0). All layers of a sparse dataset share one structure:"
                + " ingest them as separate datasets, or store the same entries in both");
    }

    /** Scans the piece's rows; returns how many of its own were not canonical. */
    private long scan(Matrix matrix, RowBlock.Consumer consumer) {
        position = piece.firstOffset();
        matrix.forEachRowBlock(piece.firstRow(), piece.ownRow(), plan.blockEntries(), consumer);
        return matrix.forEachRowBlock(piece.ownRow(), piece.endRow(), plan.blockEntries(), consumer);
    }

    /** The entries of a block that are the piece's. */
    private record Clip(int from, int n) {}

    private Clip clip(RowBlock block) {
        long from = Math.max(0, Math.min(block.entries(), piece.start() - position));
        long to = Math.max(from, Math.min(block.entries(), piece.end() - position));
        return new Clip((int) from, (int) (to - from));
    }

    /** Notes where the block's rows lie and moves behind it; returns how many were the piece's own. */
    private long addRows(RowBlock block, RowEnds.Writer ends) {
        long before = ownRows;
        int[] indptr = block.indptr();
        for (int row = 0; row < block.rows(); row++) {
            if (piece.owns(position + indptr[row])) {
                if (firstOwnRow < 0) {
                    firstOwnRow = block.firstRow() + row;
                }
                ends.add(position + indptr[row], position + indptr[row + 1]);
                ownRows++;
            }
        }
        position += block.entries();
        return ownRows - before;
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

    private Values convert(LayerConversion conversion, RowBlock block, Clip clip) {
        Values stored =
                clip.n() == block.entries() ? block.values() : ValueArrays.slice(block.values(), clip.from(), clip.n());
        return conversion.convert(stored, entry -> {
            int at = clip.from() + entry;
            int found = Arrays.binarySearch(block.indptr(), at);
            int row = found < 0 ? -found - 2 : found;
            while (block.indptr()[row + 1] <= at) {
                row++; // empty rows share their offset with the next one
            }
            return modality.place(block.firstRow() + row, block.indices()[at]);
        });
    }

    private Matrix matrix(Source source, LayerPlan layer) {
        return modality.matrix(source, layer).withMemory(plan.waitingBytes());
    }

    private ArrayWriter layer(LayerPlan layer) {
        return shards(modality.layerPath(layer), layer.type(), layer.compression());
    }

    private ArrayWriter shards(String path, DataType type, Compression compression) {
        return zarr.createShards(path, plan.shapes().flat(type, compression, 0), piece.firstShard());
    }
}
