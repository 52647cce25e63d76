package io.hox.anndata;

import io.hox.HoxException;
import io.hox.source.Source;
import io.hox.source.SourceFormat;
import io.hox.source.SourceLocation;
import io.hox.source.SourceRef;
import io.hox.stored.StoredFile;
import io.hox.stored.StoredGroup;
import io.hox.stored.hdf5.Hdf5;
import java.util.List;
import java.util.Map;

/** AnnData in an HDF5 file. */
public final class H5adFormat implements SourceFormat {
    @Override
    public String name() {
        return "h5ad";
    }

    @Override
    public boolean recognises(SourceLocation location) {
        if (location.name().endsWith(".h5ad")) {
            return true;
        }
        if (!Hdf5.recognises(location)) {
            return false;
        }
        try (StoredFile file = Hdf5.open(location)) {
            StoredGroup root = file.root();
            return root.child("obs") != null && root.child("var") != null && root.child("mod") == null;
        } catch (HoxException e) {
            return false;
        }
    }

    @Override
    public List<SourceRef> datasets(SourceLocation location) {
        return List.of(new SourceRef(name(), location.uri(), ""));
    }

    @Override
    public Source open(SourceRef ref, Map<String, String> options) {
        return AnnData.of(Hdf5.open(SourceLocation.of(ref.uri(), options)));
    }
}
