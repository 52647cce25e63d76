package io.hox.cli;

import io.hox.atlas.AtlasUri;
import io.hox.atlas.AtlasWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;

/** A command that opens an atlas for writing and works on all of it. */
abstract class MaintenanceCommand implements Callable<Integer> {
    @Mixin
    private AtlasArgument argument;

    @Override
    public final Integer call() {
        AtlasUri uri = AtlasFiles.uri(argument);
        try (AtlasWriter atlas = AtlasWriter.open(uri, AtlasFiles.options(uri), argument.spaces())) {
            return run(atlas);
        }
    }

    /** The atlas as the user named it. */
    final String path() {
        return argument.path;
    }

    /** Does the work and returns the exit code. */
    abstract int run(AtlasWriter atlas);
}
