package io.hox.cli;

import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which atlas a command works on. */
final class AtlasArgument {
    @Parameters(index = "0", paramLabel = "ATLAS", description = "Path or URI of the atlas (its root directory).")
    String path;

    @Option(
            names = "--store-uri",
            paramLabel = "URI",
            description = "Where the arrays are, if not in zarr_store beside the tables.")
    String storeUri;
}
