package io.hox.anndata;

import io.hox.source.SourceRef;
import java.nio.file.Path;
import java.util.Map;

/** Opens local h5ad files. */
public final class H5adFiles {
    private static final H5adFormat FORMAT = new H5adFormat();

    private H5adFiles() {}

    public static AnnData open(Path file) {
        return (AnnData) FORMAT.open(new SourceRef(FORMAT.name(), file.toString(), ""), Map.of());
    }
}
