package io.hox.cli;

import io.hox.HoxException;
import io.hox.atlas.FeatureSpaces;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which atlas a command works on. */
final class AtlasArgument {
    private static final int LARGEST_DESCRIPTION = 1 << 20;

    @Parameters(index = "0", paramLabel = "ATLAS", description = "Path or URI of the atlas (its root directory).")
    String path;

    @Option(
            names = "--store-uri",
            paramLabel = "URI",
            description = "Where the arrays are, if not in zarr_store beside the tables.")
    String storeUri;

    @Option(
            names = "--feature-spaces",
            paramLabel = "FILE",
            description =
                    "Descriptions of feature spaces that are not built in, in JSON. Without it they are inferred.")
    Path spacesFile;

    /** The described feature spaces; none without a description. */
    FeatureSpaces spaces() {
        return spacesFile == null ? FeatureSpaces.none() : FeatureSpaces.fromJson(description(spacesFile));
    }

    /** The text of a JSON description that a user names. */
    static String description(Path file) {
        try {
            if (Files.size(file) > LARGEST_DESCRIPTION) {
                throw new HoxException(file + " is larger than 1 MiB, so it is no description in JSON");
            }
            return Files.readString(file);
        } catch (IOException e) {
            throw new HoxException("cannot read " + file + " as text: " + e.getMessage(), e);
        }
    }
}
