package io.hox.ingest.demo;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Gene symbols in a fixed order that every data set shares: markers, genes of mitochondria and ribosomes, then as many
 * of the large families as wanted. A gene's id belongs to its symbol, whichever panel it is in.
 */
final class GeneNames {
    private static final String[] MITOCHONDRIAL = {
        "MT-ND1", "MT-ND2", "MT-ND3", "MT-ND4", "MT-ND4L", "MT-ND5", "MT-ND6", "MT-CO1", "MT-CO2", "MT-CO3", "MT-ATP6",
        "MT-ATP8", "MT-CYB"
    };
    private static final String[] HOUSEKEEPING = {
        "ACTB", "GAPDH", "B2M", "MALAT1", "EEF1A1", "TMSB4X", "TMSB10", "FTL", "FTH1", "TPT1", "PTPRC", "UBC", "FAU"
    };
    /** Families with about as many members as the human genome has, most numbers in use. */
    private static final String[] FAMILIES = {
        "ZNF%d",
        "TMEM%d",
        "CCDC%d",
        "RNF%d",
        "SLC%dA1",
        "FAM%dA",
        "KLHL%d",
        "USP%d",
        "TRIM%d",
        "LRRC%d",
        "ANKRD%d",
        "WDR%d",
        "C1orf%d",
        "OR%dA1",
        "MIR%dHG",
        "LINC%05d",
        "RP11-%d"
    };

    private static final int FIRST_ID = 9_000_001;

    private GeneNames() {}

    /** The first {@code n} symbols. */
    static List<String> first(int n) {
        Set<String> names = new LinkedHashSet<>();
        for (CellType type : CellType.ALL) {
            names.addAll(type.markers());
        }
        names.addAll(List.of(MITOCHONDRIAL));
        names.addAll(List.of(HOUSEKEEPING));
        for (int i = 3; i <= 39; i++) {
            names.add("RPL" + i);
            names.add("RPS" + i);
        }
        for (int member = 1; names.size() < n; member++) {
            for (String family : FAMILIES) {
                names.add(String.format(Locale.ROOT, family, member));
            }
        }
        return new ArrayList<>(names).subList(0, n);
    }

    /** The made-up but stable Ensembl id of the gene at that place in the order; no real gene has it. */
    static String ensemblId(int place) {
        return String.format(Locale.ROOT, "ENSG%011d", FIRST_ID + place);
    }

    static boolean isMitochondrial(String name) {
        return name.startsWith("MT-");
    }

    /** Genes that nearly every cell expresses strongly. */
    static boolean isAbundant(String name) {
        return name.startsWith("RPL")
                || name.startsWith("RPS")
                || List.of(HOUSEKEEPING).contains(name);
    }
}
