package io.hox.testing;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** The real data and atlases that lie beside the project; tests that need them are skipped where they are absent. */
public final class Shared {
    /** Names of all reference atlases. */
    public static final List<String> ATLASES = List.of(
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

    private static final Path ROOT = Path.of(System.getProperty("hox.shared", "../../shared"))
            .toAbsolutePath()
            .normalize();

    private Shared() {}

    /** A real h5ad or other source file. */
    public static Path data(String name) {
        return existing("data", name);
    }

    /** The root directory of a reference atlas (holding {@code lance_db} and {@code zarr_store}); never write to it. */
    public static Path atlas(String name) {
        return existing("atlases", name);
    }

    /** A file or directory of golden answers that belong to a reference atlas. */
    public static Path golden(String atlas, String file) {
        return existing("atlases", "golden/" + atlas + "/" + file);
    }

    /** The vectors made by the original bit-packing codec. */
    public static Path codecVectors() {
        return existing("atlases", "codec_vectors.json");
    }

    private static Path existing(String directory, String name) {
        Path path = ROOT.resolve(directory).resolve(name);
        Assumptions.assumeTrue(Files.exists(path), () -> "skipped: " + path + " is not on this machine");
        return path;
    }
}
