package io.hox.ingest.demo;

import io.hox.h5ad.CsrSink;
import io.hox.h5ad.H5adWriter;
import io.hox.source.Column;
import io.hox.source.DataFrame;
import io.hox.source.RowBlock;
import io.hox.zarr.DataType;
import io.hox.zarr.Values;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A made-up data set of blood cells: the same seed gives the same cells, in any block size. It looks like real counts:
 * log-normal library sizes, negative-binomial counts, cell types with marker genes (CD3D, MS4A1, LYZ, NKG7...), some
 * cells without a label.
 */
public final class SyntheticCells {
    /** Random streams of one seed that must not depend on each other. */
    private static final long COUNTS = 0x632be59bd9b4e019L;

    private static final long ANNOTATIONS = 0x85157af5a6b2f1c3L;
    private static final double UNLABELLED = 0.02;
    private static final double TRAINING = 0.8;

    /**
     * What to make.
     *
     * @param cells number of cells
     * @param genes places of the panel's genes in the order of all genes, ascending
     * @param density share of the counts that are not zero
     */
    record Recipe(int cells, int[] genes, double density, List<String> tissues, List<String> donors, long seed) {}

    private final Recipe recipe;
    private final List<String> symbols;
    private final CountModel model;
    private DataFrame obs;

    SyntheticCells(Recipe recipe) {
        this.recipe = recipe;
        int[] genes = recipe.genes();
        List<String> all = GeneNames.first(genes.length == 0 ? 0 : genes[genes.length - 1] + 1);
        this.symbols = Arrays.stream(genes).mapToObj(all::get).toList();
        // Genes behave alike in all data sets, hence a seed of their own.
        this.model = new CountModel(symbols, recipe.density(), 0);
    }

    /** 3,000 cells x 2,000 genes of four donors, blood and bone marrow. */
    public static SyntheticCells first(long seed) {
        return new SyntheticCells(new Recipe(
                3_000,
                panel(2_000, 5, 2),
                0.12,
                List.of("blood", "bone marrow"),
                List.of("D1", "D2", "D3", "D4"),
                seed));
    }

    /** 2,000 cells x 1,800 genes of three other donors, blood and lung; 1,460 of the genes are also in the first. */
    public static SyntheticCells second(long seed) {
        return new SyntheticCells(new Recipe(
                2_000, panel(1_800, 7, 3), 0.1, List.of("blood", "lung"), List.of("D5", "D6", "D7"), seed + 1));
    }

    /** A data set of any size; 100,000 cells x 20,000 genes at a density of 0.05 have 100 million counts. */
    public static SyntheticCells of(int cells, int genes, double density, long seed) {
        int[] all = new int[genes];
        for (int i = 0; i < genes; i++) {
            all[i] = i;
        }
        List<String> donors = List.of("D1", "D2", "D3", "D4", "D5", "D6", "D7", "D8");
        return new SyntheticCells(
                new Recipe(cells, all, density, List.of("blood", "bone marrow", "lung"), donors, seed));
    }

    /** The first {@code n} genes without every {@code step}-th from {@code offset} on. */
    private static int[] panel(int n, int step, int offset) {
        int[] genes = new int[n];
        int filled = 0;
        for (int place = 0; filled < n; place++) {
            // All of the well-known genes stay, so that every marker can be asked for in both.
            if (place < 100 || place % step != offset) {
                genes[filled++] = place;
            }
        }
        return genes;
    }

    public int cells() {
        return recipe.cells();
    }

    public int genes() {
        return symbols.size();
    }

    /** Gene symbols as the index, with a stable made-up id in {@code gene_ids}. */
    public DataFrame var() {
        String[] ids = new String[symbols.size()];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = GeneNames.ensemblId(recipe.genes()[i]);
        }
        return DataFrame.of("gene_symbol", symbols.toArray(new String[0]), List.of(Column.strings("gene_ids", ids)));
    }

    /** Barcodes as the index; cell_type, tissue, donor, n_counts, percent_mito, is_train. Draws all counts once. */
    public DataFrame obs() {
        if (obs == null) {
            obs = new Annotations().frame();
        }
        return obs;
    }

    /** Gives the counts as blocks of at most {@code maxEntries} entries of {@link DataType#FLOAT32}. */
    public void forEachRowBlock(int maxEntries, RowBlock.Consumer consumer) {
        int genes = Math.max(1, genes());
        int rows = (int) Math.max(1, Math.min(cells(), maxEntries / (genes * Math.min(1, recipe.density() * 3))));
        for (int row = 0; row < cells(); row += rows) {
            consumer.accept(block(row, Math.min(rows, cells() - row)));
        }
    }

    private RowBlock block(int firstRow, int rows) {
        int[] indptr = new int[rows + 1];
        int[] indices = new int[1 << 16];
        float[] counts = new float[1 << 16];
        int[] cellGenes = new int[genes()];
        float[] cellCounts = new float[genes()];
        for (int i = 0; i < rows; i++) {
            SplittableRandom random = random(COUNTS, firstRow + i);
            int type = type(firstRow + i);
            int n = model.draw(type, CountModel.level(random), random, cellGenes, cellCounts);
            int at = indptr[i];
            if (at + n > indices.length) {
                int larger = Math.max(at + n, indices.length * 2);
                indices = Arrays.copyOf(indices, larger);
                counts = Arrays.copyOf(counts, larger);
            }
            System.arraycopy(cellGenes, 0, indices, at, n);
            System.arraycopy(cellCounts, 0, counts, at, n);
            indptr[i + 1] = at + n;
        }
        int entries = indptr[rows];
        Values values = Values.of(DataType.FLOAT32, Arrays.copyOf(counts, entries));
        return new RowBlock(firstRow, rows, indptr, Arrays.copyOf(indices, entries), values);
    }

    private SplittableRandom random(long stream, int cell) {
        return new SplittableRandom(recipe.seed() * 0x9e3779b97f4a7c15L + stream + cell * 0xd1342543de82ef95L);
    }

    private int type(int cell) {
        double u = random(ANNOTATIONS, cell).nextDouble();
        int type = 0;
        while (type < CellType.ALL.size() - 1 && u >= CellType.ALL.get(type).share()) {
            u -= CellType.ALL.get(type++).share();
        }
        return type;
    }

    /** Writes obs, var and the counts as X; returns how many counts are not zero. */
    public long write(Path h5ad, int gzipLevel) {
        long[] entries = {0};
        try (H5adWriter writer = H5adWriter.create(h5ad, gzipLevel)) {
            writer.obs(obs());
            writer.var(var());
            try (CsrSink x = writer.csr("X", DataType.FLOAT32)) {
                forEachRowBlock(1 << 20, block -> {
                    x.append(block);
                    entries[0] += block.entries();
                });
            }
            writer.finish();
        }
        return entries[0];
    }

    private final class Annotations {
        private final String[] barcodes = new String[cells()];
        private final int[] types = new int[cells()];
        private final int[] tissues = new int[cells()];
        private final int[] donors = new int[cells()];
        private final byte[] train = new byte[cells()];
        private final long[] totals = new long[cells()];
        private final float[] mitochondrial = new float[cells()];

        DataFrame frame() {
            for (int cell = 0; cell < cells(); cell++) {
                SplittableRandom random = random(ANNOTATIONS, cell);
                random.nextDouble();
                types[cell] = random.nextDouble() < UNLABELLED ? -1 : type(cell);
                tissues[cell] = random.nextInt(recipe.tissues().size());
                donors[cell] = random.nextInt(recipe.donors().size());
                train[cell] = (byte) (random.nextDouble() < TRAINING ? 1 : 0);
                barcodes[cell] = barcode(cell);
            }
            forEachRowBlock(1 << 20, this::count);
            String[] names = CellType.ALL.stream().map(CellType::name).toArray(String[]::new);
            return DataFrame.of(
                    "barcode",
                    barcodes,
                    List.of(
                            Column.categorical("cell_type", types, names, false),
                            Column.categorical(
                                    "tissue", tissues, recipe.tissues().toArray(new String[0]), false),
                            Column.categorical("donor", donors, recipe.donors().toArray(new String[0]), false),
                            Column.of("n_counts", Values.of(DataType.INT64, totals)),
                            Column.of("percent_mito", Values.of(DataType.FLOAT32, mitochondrial)),
                            Column.of("is_train", Values.of(DataType.BOOL, train))));
        }

        private void count(RowBlock block) {
            float[] counts = block.values().floats();
            for (int row = 0; row < block.rows(); row++) {
                long total = 0;
                long fromMitochondria = 0;
                for (int i = block.indptr()[row]; i < block.indptr()[row + 1]; i++) {
                    long count = (long) counts[i];
                    total += count;
                    fromMitochondria += GeneNames.isMitochondrial(symbols.get(block.indices()[i])) ? count : 0;
                }
                int cell = (int) block.firstRow() + row;
                totals[cell] = total;
                mitochondrial[cell] = total == 0 ? 0 : 100f * fromMitochondria / total;
            }
        }

        /** Sixteen bases that count the cells through a bijection: they look random and never collide. */
        private String barcode(int cell) {
            int code = cell * 0x9e3779b1 + (int) (recipe.seed() * 0x85ebca6bL);
            char[] bases = new char[16];
            for (int i = 0; i < bases.length; i++) {
                bases[i] = "ACGT".charAt(code >>> 2 * i & 3);
            }
            return new String(bases) + "-1";
        }
    }
}
