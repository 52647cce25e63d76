package io.hox.ingest.demo;

import java.util.List;
import java.util.SplittableRandom;

/**
 * Counts of molecules per cell and gene: negative binomial (a Poisson whose rate is gamma-distributed) around the cell's
 * library size times the gene's share in its cell type. Library sizes are log-normal, in {@value #LEVELS} steps, so that
 * the chance of a zero is looked up instead of computed for each of billions of pairs.
 */
final class CountModel {
    static final int LEVELS = 16;

    private static final double MIDDLE = (LEVELS - 1) / 2.0;
    private static final double LEVEL_SPREAD = LEVELS / 5.0;

    /** The gamma's shape: the smaller, the more the counts of like cells vary. */
    private static final double SHAPE = 2;

    private static final double LIBRARY_SPREAD = 0.4;
    private static final double MARKER_LIFT = 60;
    private static final double ABUNDANT_LIFT = 12;
    private static final double MITOCHONDRIAL_SHARE = 0.04;

    /** Share of every gene, by cell type. */
    private final double[][] shares;
    /** Chance of a zero by cell type and level, then gene. */
    private final double[][] zeroChances;

    private final double[] libraries = new double[LEVELS];

    /**
     * @param density share of the counts that are not zero
     */
    CountModel(List<String> genes, double density, long seed) {
        this.shares = new double[CellType.ALL.size()][];
        for (int type = 0; type < shares.length; type++) {
            shares[type] = shares(genes, CellType.ALL.get(type), type, seed);
        }
        double scale = scale(density);
        this.zeroChances = new double[shares.length * LEVELS][];
        for (int level = 0; level < LEVELS; level++) {
            libraries[level] = scale * relativeLibrary(level);
        }
        for (int i = 0; i < zeroChances.length; i++) {
            zeroChances[i] = zeroChances(i / LEVELS, i % LEVELS);
        }
    }

    private static double[] shares(List<String> genes, CellType type, int number, long seed) {
        double[] shares = new double[genes.size()];
        double sum = 0;
        double mitochondrial = 0;
        for (int gene = 0; gene < shares.length; gene++) {
            String name = genes.get(gene);
            // The gene's own level must not depend on the panel, hence the seed from its name.
            SplittableRandom common = new SplittableRandom(seed ^ name.hashCode() * 0x9e3779b97f4a7c15L);
            double share = Math.exp(1.4 * common.nextGaussian());
            boolean marker = type.markers().contains(name);
            if (GeneNames.isAbundant(name)) {
                share = Math.max(share, 1) * ABUNDANT_LIFT;
            } else if (marker) {
                share = Math.max(share, 0.5) * MARKER_LIFT;
            } else if (isMarkerOfAny(name)) {
                share = Math.min(share, 1) * 0.2;
            } else if (new SplittableRandom(common.nextLong() + number).nextInt(40) == 0) {
                share *= 8;
            }
            shares[gene] = share;
            sum += share;
            mitochondrial += GeneNames.isMitochondrial(name) ? share : 0;
        }
        double lift = mitochondrial == 0 ? 1 : MITOCHONDRIAL_SHARE * (sum - mitochondrial) / mitochondrial;
        double total = sum - mitochondrial + mitochondrial * lift;
        for (int gene = 0; gene < shares.length; gene++) {
            shares[gene] *= (GeneNames.isMitochondrial(genes.get(gene)) ? lift : 1) / total;
        }
        return shares;
    }

    private static boolean isMarkerOfAny(String name) {
        for (CellType type : CellType.ALL) {
            if (type.markers().contains(name)) {
                return true;
            }
        }
        return false;
    }

    /** The median library size that gives the wanted density. */
    private double scale(double density) {
        double low = 1;
        double high = 1e9;
        for (int step = 0; step < 30; step++) {
            double middle = Math.sqrt(low * high);
            if (density(middle) < density) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private double density(double scale) {
        double density = 0;
        double weights = 0;
        for (int level = 0; level < LEVELS; level++) {
            double deviation = (level - MIDDLE) / LEVEL_SPREAD;
            double weight = Math.exp(-deviation * deviation / 2);
            weights += weight;
            for (int type = 0; type < shares.length; type++) {
                CellType of = CellType.ALL.get(type);
                double library = scale * relativeLibrary(level) * of.size();
                double expressed = 0;
                for (double share : shares[type]) {
                    expressed += 1 - zeroChance(library * share);
                }
                density += weight * of.share() * expressed / shares[type].length;
            }
        }
        return density / weights;
    }

    private static double relativeLibrary(int level) {
        return Math.exp(LIBRARY_SPREAD * (level - MIDDLE) / LEVEL_SPREAD);
    }

    private static double zeroChance(double mean) {
        // (1 + mean / shape) ^ -shape for a shape of 2, without pow.
        double base = 1 + mean / SHAPE;
        return 1 / (base * base);
    }

    private double[] zeroChances(int type, int level) {
        double[] chances = new double[shares[type].length];
        for (int gene = 0; gene < chances.length; gene++) {
            chances[gene] = zeroChance(mean(type, level, gene));
        }
        return chances;
    }

    private double mean(int type, int level, int gene) {
        return libraries[level] * CellType.ALL.get(type).size() * shares[type][gene];
    }

    /** The level of a cell's library: normally distributed, so that library sizes are log-normal. */
    static int level(SplittableRandom random) {
        double level = MIDDLE + random.nextGaussian() * LEVEL_SPREAD;
        return (int) Math.max(0, Math.min(LEVELS - 1, Math.round(level)));
    }

    /**
     * Draws one cell.
     *
     * @return how many genes it expresses; their numbers, ascending, and counts are in the arrays
     */
    int draw(int type, int level, SplittableRandom random, int[] genes, float[] counts) {
        double[] zero = zeroChances[type * LEVELS + level];
        int n = 0;
        for (int gene = 0; gene < zero.length; gene++) {
            double u = (random.nextLong() >>> 11) * 0x1p-53;
            if (u >= zero[gene]) {
                genes[n] = gene;
                counts[n++] = count(mean(type, level, gene), zero[gene], u);
            }
        }
        return n;
    }

    /** Inverts the distribution function at {@code u}, which lies beyond the chance of zero. */
    private static int count(double mean, double zeroChance, double u) {
        double ratio = mean / (mean + SHAPE);
        double chance = zeroChance;
        double sum = zeroChance;
        int count = 0;
        while (u >= sum && chance > 1e-17) {
            chance *= (count + SHAPE) / (count + 1) * ratio;
            sum += chance;
            count++;
        }
        return Math.max(1, count);
    }
}
