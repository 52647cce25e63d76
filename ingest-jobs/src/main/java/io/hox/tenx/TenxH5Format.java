package io.hox.tenx;

import io.hox.HoxException;
import io.hox.source.Source;
import io.hox.source.SourceFormat;
import io.hox.source.SourceLocation;
import io.hox.source.SourceRef;
import io.hox.stored.StoredFile;
import io.hox.stored.hdf5.Hdf5;
import java.util.List;
import java.util.Map;

/**
 * The HDF5 files of 10x's pipelines. Since version 3 of Cell Ranger a file has one matrix, whose features may be of several
 * types and genomes; before, it had one for each genome, which are datasets of their own.
 */
public final class TenxH5Format implements SourceFormat {

    @Override
    public String name() {
        return "10x";
    }

    /** An HDF5 file with such matrices; one that is named {@code .h5} but can't be opened is left for the opening to tell. */
    @Override
    public boolean recognises(SourceLocation location) {
        if (!Hdf5.recognises(location)) {
            return false;
        }
        try (StoredFile file = Hdf5.open(location)) {
            return !TenxH5File.genomes(file.root()).isEmpty();
        } catch (HoxException e) {
            return location.name().endsWith(".h5");
        }
    }

    @Override
    public List<SourceRef> datasets(SourceLocation location) {
        try (StoredFile file = Hdf5.open(location)) {
            List<String> genomes = TenxH5File.genomes(file.root());
            return genomes.size() == 1
                    ? List.of(new SourceRef(name(), location.uri(), ""))
                    : genomes.stream()
                            .map(genome -> new SourceRef(name(), location.uri(), genome))
                            .toList();
        }
    }

    @Override
    public Source open(SourceRef ref, Map<String, String> options) {
        StoredFile file = Hdf5.open(SourceLocation.of(ref.uri(), options));
        try {
            return new TenxH5File(file, ref).source();
        } catch (RuntimeException e) {
            file.close();
            throw e;
        }
    }
}
