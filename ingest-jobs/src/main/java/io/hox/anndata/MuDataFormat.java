package io.hox.anndata;

import io.hox.HoxException;
import io.hox.source.Source;
import io.hox.source.SourceFormat;
import io.hox.source.SourceLocation;
import io.hox.source.SourceRef;
import io.hox.stored.StoredFile;
import io.hox.stored.StoredGroup;
import io.hox.stored.hdf5.Hdf5;
import io.hox.stored.zarr.ZarrFile;
import java.util.List;
import java.util.Map;

/** MuData in an HDF5 file or a Zarr store. */
public final class MuDataFormat implements SourceFormat {
    @Override
    public String name() {
        return "h5mu";
    }

    @Override
    public boolean recognises(SourceLocation location) {
        if (location.name().endsWith(".h5mu")) {
            return true;
        }
        if (!Hdf5.recognises(location) && !ZarrFile.recognises(location)) {
            return false;
        }
        try (StoredFile file = container(location)) {
            StoredGroup root = file.root();
            return "MuData".equals(root.text("encoding-type")) || root.group("mod") != null;
        } catch (HoxException e) {
            // Other formats of these containers may say more of what is wrong.
            return false;
        }
    }

    private static StoredFile container(SourceLocation location) {
        return ZarrFile.recognises(location) ? ZarrFile.open(location) : Hdf5.open(location);
    }

    @Override
    public List<SourceRef> datasets(SourceLocation location) {
        return List.of(new SourceRef(name(), location.uri(), ""));
    }

    @Override
    public Source open(SourceRef ref, Map<String, String> options) {
        return MuData.of(container(SourceLocation.of(ref.uri(), options)));
    }
}
