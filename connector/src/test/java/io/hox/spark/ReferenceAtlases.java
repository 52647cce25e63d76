package io.hox.spark;

import java.util.List;

/** The atlases that the original software wrote. */
final class ReferenceAtlases {
    static final List<String> NAMES = List.of(
            "pbmc_two_datasets",
            "multimodal",
            "multimodal_lance21",
            "fragments",
            "images",
            "edge_cases",
            "custom_space",
            "g1_lancell",
            "g1c_homeobox023",
            "g2a_homeobox027");

    private ReferenceAtlases() {}
}
