package io.hox.anndata;

import io.hox.HoxException;
import io.hox.source.Source;
import io.hox.source.SourceFormat;
import io.hox.source.SourceLocation;
import io.hox.source.SourceRef;
import io.hox.stored.StoredFile;
import io.hox.stored.StoredGroup;
import io.hox.stored.zarr.ZarrFile;
import java.util.List;
import java.util.Map;

/** AnnData in a Zarr store, version 2 or 3, a directory or a zip archive. */
public final class ZarrFormat implements SourceFormat {
    @Override
    public String name() {
        return "zarr";
    }

    @Override
    public boolean recognises(SourceLocation location) {
        if (!ZarrFile.recognises(location)) {
            return false;
        }
        try (StoredFile file = ZarrFile.open(location)) {
            StoredGroup root = file.root();
            // anndata before 0.7.7 did not say what it is.
            return "anndata".equals(root.text("encoding-type"))
                    || root.text("encoding-type") == null && root.group("obs") != null && root.group("var") != null;
        } catch (HoxException e) {
            // Named so, it is meant to be one: opening it says what is wrong.
            return location.name().endsWith(".zarr") || location.name().endsWith(".zarr.zip");
        }
    }

    @Override
    public List<SourceRef> datasets(SourceLocation location) {
        return List.of(new SourceRef(name(), location.uri(), ""));
    }

    @Override
    public Source open(SourceRef ref, Map<String, String> options) {
        return open(SourceLocation.of(ref.uri(), options));
    }

    /** Opens a store and reads its structure, no values. */
    static AnnData open(SourceLocation location) {
        return AnnData.of(ZarrFile.open(location));
    }
}
