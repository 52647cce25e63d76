package io.hox.ingest.demo;

import java.util.List;

/**
 * A type of blood cells.
 *
 * @param share how many of all cells are of it; shares add up to 1
 * @param size how many molecules its cells hold, relative to the average
 * @param markers genes that it expresses strongly and most others hardly
 */
record CellType(String name, double share, double size, List<String> markers) {
    static final List<CellType> ALL = List.of(
            new CellType("CD4 T cells", 0.32, 0.95, List.of("CD3D", "CD3E", "IL7R", "CCR7", "LEF1", "MAL", "TCF7")),
            new CellType("CD8 T cells", 0.16, 0.95, List.of("CD3D", "CD3E", "CD8A", "CD8B", "GZMK", "CCL5", "LAG3")),
            new CellType("B cells", 0.14, 0.9, List.of("CD19", "MS4A1", "CD79A", "CD79B", "BANK1", "PAX5", "TCL1A")),
            new CellType("CD14+ Monocytes", 0.18, 1.3, List.of("LYZ", "CD14", "S100A8", "S100A9", "FCN1", "VCAN")),
            new CellType("FCGR3A+ Monocytes", 0.06, 1.2, List.of("FCGR3A", "MS4A7", "LST1", "CDKN1C", "LYZ", "RHOC")),
            new CellType("NK cells", 0.08, 0.9, List.of("NKG7", "GNLY", "KLRD1", "NCAM1", "GZMB", "PRF1", "KLRF1")),
            new CellType("Dendritic cells", 0.04, 1.5, List.of("FCER1A", "CST3", "CLEC10A", "CD1C", "HLA-DQA1", "LYZ")),
            new CellType("Megakaryocytes", 0.02, 0.7, List.of("PPBP", "PF4", "GP9", "ITGA2B", "TUBB1", "SPARC")));
}
