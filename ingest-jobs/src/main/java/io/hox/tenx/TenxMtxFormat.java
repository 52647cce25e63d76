package io.hox.tenx;

import io.hox.HoxException;
import io.hox.mtx.TextFile;
import io.hox.mtx.TripletMatrix;
import io.hox.source.Source;
import io.hox.source.SourceFormat;
import io.hox.source.SourceLocation;
import io.hox.source.SourceRef;
import io.hox.store.ObjectStore;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A Matrix Market file with a table of features and one of barcodes beside it, plain or gzip-compressed, as 10x's
 * pipelines write them. A directory may hold several of them, told apart by prefixes; each is a dataset.
 */
public final class TenxMtxFormat implements SourceFormat {
    private static final List<String> USUAL = List.of("matrix.mtx.gz", "matrix.mtx");

    @Override
    public String name() {
        return "mtx";
    }

    /**
     * A Matrix Market file, or a directory of nothing but matrices and what belongs to them. A directory with other
     * things may hold other datasets as well.
     */
    @Override
    public boolean recognises(SourceLocation location) {
        if (location.isFile()) {
            return isMatrix(location.name());
        }
        List<String> children = location.children();
        Set<String> rest = new HashSet<>(children);
        boolean any = false;
        for (String child : children) {
            MatrixFiles files = isMatrix(child) ? MatrixFiles.find(child, children) : null;
            if (files != null) {
                rest.removeAll(List.of(files.matrix(), files.features(), files.barcodes()));
                any = true;
            }
        }
        return any && rest.isEmpty();
    }

    private static boolean isMatrix(String name) {
        return name.endsWith(".mtx") || name.endsWith(".mtx.gz");
    }

    @Override
    public List<SourceRef> datasets(SourceLocation location) {
        if (location.isFile()) {
            return List.of(ref(SourceLocation.directory(location.uri()), location.name()));
        }
        List<SourceRef> refs = new ArrayList<>();
        for (String child : location.children()) {
            if (isMatrix(child)) {
                refs.add(ref(location.uri(), child));
            }
        }
        return refs;
    }

    private SourceRef ref(String directory, String matrix) {
        return new SourceRef(name(), directory, USUAL.contains(matrix) ? "" : matrix);
    }

    @Override
    public List<String> files(SourceRef ref, Map<String, String> options) {
        return matrixFiles(ref, options).uris(ref.uri());
    }

    @Override
    public Source open(SourceRef ref, Map<String, String> options) {
        MatrixFiles files = matrixFiles(ref, options);
        Barcodes barcodes = new Barcodes(new TextFile(ref.uri(), files.barcodes(), options));
        FeatureTable features = FeatureTable.read(new TextFile(ref.uri(), files.features(), options));
        TextFile text = new TextFile(ref.uri(), files.matrix(), options);
        TripletMatrix matrix = TripletMatrix.matrixMarket(text, barcodes.count(), features.count());
        return new TenxSource(
                ref.toString(), barcodes.obs(), FeatureTypes.modalities(features, matrix), barcodes::close);
    }

    private static MatrixFiles matrixFiles(SourceRef ref, Map<String, String> options) {
        List<String> names = ObjectStore.open(ref.uri(), options).list("");
        return MatrixFiles.require(matrix(ref, names), ref.uri(), names);
    }

    private static String matrix(SourceRef ref, List<String> names) {
        if (!ref.part().isEmpty()) {
            return ref.part();
        }
        for (String usual : USUAL) {
            if (names.contains(usual)) {
                return usual;
            }
        }
        throw new HoxException("The directory " + ref.uri() + " has no " + String.join(" or ", USUAL) + ".");
    }
}
