package io.hox.atlas;

import static io.hox.zarr.DataType.BOOL;
import static io.hox.zarr.DataType.FLOAT32;
import static io.hox.zarr.DataType.INT64;
import static io.hox.zarr.DataType.UINT16;
import static io.hox.zarr.DataType.UINT32;
import static io.hox.zarr.DataType.UINT64;
import static io.hox.zarr.DataType.UINT8;

import io.hox.zarr.DataType;
import java.util.List;

/**
 * The feature spaces that every atlas may use without a description. Paths, types and required layers are the format's;
 * encodings are hox's choice among those that homeobox reads: zigzag deltas pack the indices of short and unsorted rows
 * three times as tightly as the plain deltas of homeobox, and packed CSC indices take half of its Zstandard ones.
 */
final class BuiltInSpaces {
    private static final List<DataType> COUNTS = List.of(UINT32);
    private static final List<DataType> FLOATS = List.of(FLOAT32);
    private static final List<DataType> LENGTHS = List.of(UINT16, UINT32);
    private static final List<DataType> PIXELS = List.of(FLOAT32, UINT8, UINT16);
    private static final List<DataType> UNSIGNED = List.of(UINT32, UINT8, UINT16, UINT64);
    private static final List<DataType> ANY = List.of();

    private BuiltInSpaces() {}

    static List<FeatureSpace> of(Generation generation) {
        return generation == Generation.G2
                ? List.of(
                        geneExpression(),
                        proteinAbundance(),
                        imageFeatures(),
                        chromatin(),
                        imageTiles(),
                        discreteImage())
                : List.of(
                        firstGeneExpression(),
                        firstDense("protein_abundance", "counts", "clr_normalized", "dsb_normalized"),
                        firstDense("image_features", "ctrl_standardized", "raw", "log_normalized"),
                        firstChromatin(),
                        firstImageTiles());
    }

    private static FeatureSpace geneExpression() {
        List<LayerSpec> layers = List.of(
                new LayerSpec("counts", true, 1, 1, COUNTS, Encoding.PACKED),
                new LayerSpec("log_normalized", false, 1, 1, FLOATS, Encoding.ZSTD),
                new LayerSpec("tpm", false, 1, 1, FLOATS, Encoding.ZSTD));
        FeatureOriented csc = new FeatureOriented(
                List.of(
                        new ArraySpec("csc/indices", 1, COUNTS, Encoding.PACKED_DELTA),
                        new ArraySpec("csc/indptr", 1, List.of(INT64), Encoding.ZSTD)),
                "csc/indptr",
                "csc/layers",
                layers,
                false);
        return new FeatureSpace(
                "gene_expression",
                PointerKind.SPARSE,
                true,
                List.of(new ArraySpec("csr/indices", 1, COUNTS, Encoding.PACKED_ZIGZAG)),
                "csr/layers",
                layers,
                false,
                csc);
    }

    private static FeatureSpace proteinAbundance() {
        return dense(
                "protein_abundance",
                new LayerSpec("counts", true, 2, 2, COUNTS, Encoding.ZSTD),
                new LayerSpec("clr_normalized", false, 2, 2, FLOATS, Encoding.ZSTD),
                new LayerSpec("dsb_normalized", false, 2, 2, FLOATS, Encoding.ZSTD));
    }

    private static FeatureSpace imageFeatures() {
        return dense(
                "image_features",
                new LayerSpec("ctrl_standardized", true, 2, 2, FLOATS, Encoding.ZSTD),
                new LayerSpec("raw", false, 2, 2, FLOATS, Encoding.ZSTD),
                new LayerSpec("log_normalized", false, 2, 2, FLOATS, Encoding.ZSTD));
    }

    private static FeatureSpace dense(String name, LayerSpec... layers) {
        return new FeatureSpace(name, PointerKind.DENSE, true, List.of(), "layers", List.of(layers), false, null);
    }

    private static FeatureSpace chromatin() {
        List<LayerSpec> layers = fragmentLayers();
        FeatureOriented genome = new FeatureOriented(
                List.of(
                        new ArraySpec("genome_sorted/cell_ids", 1, COUNTS, Encoding.PACKED),
                        new ArraySpec("genome_sorted/chrom_offsets", 1, List.of(INT64), Encoding.ZSTD),
                        new ArraySpec("genome_sorted/end_max", 1, COUNTS, Encoding.ZSTD)),
                "genome_sorted/chrom_offsets",
                "genome_sorted/layers",
                layers,
                true);
        return fragments("cell_sorted/layers", layers, genome);
    }

    /** The first generation has the layers' arrays beside the index array, without a group of their own. */
    private static FeatureSpace firstChromatin() {
        List<LayerSpec> layers = fragmentLayers();
        FeatureOriented genome = new FeatureOriented(
                List.of(
                        new ArraySpec("genome_sorted/cell_ids", 1, UNSIGNED, Encoding.PACKED),
                        new ArraySpec("genome_sorted/chrom_offsets", 1, List.of(INT64), Encoding.ZSTD),
                        new ArraySpec("genome_sorted/end_max", 1, UNSIGNED, Encoding.ZSTD)),
                "genome_sorted/chrom_offsets",
                "genome_sorted",
                layers,
                true);
        return fragments("cell_sorted", layers, genome);
    }

    private static List<LayerSpec> fragmentLayers() {
        return List.of(
                new LayerSpec("starts", true, 1, 1, COUNTS, Encoding.PACKED_DELTA),
                new LayerSpec("lengths", true, 1, 1, LENGTHS, Encoding.PACKED));
    }

    private static FeatureSpace fragments(String layersPath, List<LayerSpec> layers, FeatureOriented genome) {
        return new FeatureSpace(
                "chromatin_accessibility",
                PointerKind.SPARSE,
                true,
                List.of(new ArraySpec("cell_sorted/chromosomes", 1, List.of(UINT8), Encoding.ZSTD)),
                layersPath,
                layers,
                true,
                genome);
    }

    private static FeatureSpace imageTiles() {
        return new FeatureSpace(
                "image_tiles",
                PointerKind.DENSE,
                false,
                List.of(),
                "layers",
                List.of(new LayerSpec("raw", true, 4, 4, PIXELS, Encoding.ZSTD)),
                false,
                null);
    }

    /** The first generation keeps tiles in one array called {@code data} in the group itself. */
    private static FeatureSpace firstImageTiles() {
        return new FeatureSpace(
                "image_tiles",
                PointerKind.DENSE,
                false,
                List.of(),
                "",
                List.of(new LayerSpec("data", true, 4, 4, UNSIGNED, Encoding.ZSTD)),
                false,
                null);
    }

    private static FeatureSpace discreteImage() {
        return new FeatureSpace(
                "discrete_image",
                PointerKind.DISCRETE_SPATIAL,
                false,
                List.of(),
                "layers",
                List.of(
                        new LayerSpec("raw", true, 2, 5, PIXELS, Encoding.ZSTD),
                        new LayerSpec("semantic_masks", false, 2, 5, List.of(BOOL), Encoding.ZSTD),
                        new LayerSpec("instance_masks", false, 2, 5, COUNTS, Encoding.ZSTD)),
                false,
                null);
    }

    /** Counts of the first generation have the type that the source had. */
    private static FeatureSpace firstGeneExpression() {
        List<LayerSpec> layers = List.of(
                new LayerSpec("counts", true, 1, 1, ANY, Encoding.PACKED),
                new LayerSpec("log_normalized", false, 1, 1, ANY, Encoding.ZSTD),
                new LayerSpec("tpm", false, 1, 1, ANY, Encoding.ZSTD));
        FeatureOriented csc = new FeatureOriented(
                List.of(
                        new ArraySpec("csc/indices", 1, UNSIGNED, Encoding.PACKED_DELTA),
                        new ArraySpec("csc/indptr", 1, List.of(INT64), Encoding.ZSTD)),
                "csc/indptr",
                "csc/layers",
                layers,
                true);
        return new FeatureSpace(
                "gene_expression",
                PointerKind.SPARSE,
                true,
                List.of(new ArraySpec("csr/indices", 1, UNSIGNED, Encoding.PACKED_ZIGZAG)),
                "csr/layers",
                layers,
                true,
                csc);
    }

    /** Releases of this generation required different layers, so none is; values keep their source's type. */
    private static FeatureSpace firstDense(String name, String... layers) {
        LayerSpec[] specs = new LayerSpec[layers.length];
        for (int i = 0; i < layers.length; i++) {
            specs[i] = new LayerSpec(layers[i], false, 2, 2, ANY, Encoding.ZSTD);
        }
        return new FeatureSpace(name, PointerKind.DENSE, true, List.of(), "layers", List.of(specs), true, null);
    }
}
