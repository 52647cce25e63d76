package io.hox.cli;

import picocli.CommandLine.IVersionProvider;

/** The version that the jar's manifest states. */
final class HoxVersion implements IVersionProvider {
    @Override
    public String[] getVersion() {
        String version = HoxVersion.class.getPackage().getImplementationVersion();
        return new String[] {"hox " + (version == null ? "(not packaged)" : version)};
    }
}
