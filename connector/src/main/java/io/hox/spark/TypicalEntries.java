package io.hox.spark;

import io.hox.atlas.AtlasView;
import io.hox.atlas.PointerKind;
import io.hox.lance.FragmentInfo;
import io.hox.lance.LanceScan;
import io.hox.lance.LanceTable;
import io.hox.lance.ScanRequest;
import java.util.List;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.VarCharVector;

/** How many entries a cell has in the arrays of a pointer column, from a few of the table's pointers. Asks no array. */
final class TypicalEntries {
    private static final int FRAGMENTS = 4;
    private static final int ROWS = 256;

    private final AtlasView view;
    private final LanceTable obs;

    TypicalEntries(AtlasView view, LanceTable obs) {
        this.view = view;
        this.obs = obs;
    }

    /** The mean over all cells looked at, those that were not assayed among them. */
    long of(OutputColumn.Pointer pointer) {
        boolean sparse = pointer.pointer().kind() == PointerKind.SPARSE;
        List<FragmentInfo> fragments = obs.fragments();
        int step = Math.max(1, fragments.size() / FRAGMENTS);
        long rows = 0;
        double entries = 0;
        for (int i = 0; i < fragments.size(); i += step) {
            try (LanceScan scan =
                    obs.scan(request(pointer, sparse, fragments.get(i).id()))) {
                while (scan.next()) {
                    rows += scan.batch().getRowCount();
                    entries += sparse ? sparse(scan, pointer) : dense(scan, pointer);
                }
            }
        }
        double mean = rows == 0 ? 0 : entries / rows;
        int features = pointer.axis().isEverything()
                ? Integer.MAX_VALUE
                : pointer.axis().globals().length;
        return Math.round(Math.min(mean, features));
    }

    private static ScanRequest request(OutputColumn.Pointer pointer, boolean sparse, int fragment) {
        String group = pointer.child(PointerStruct.GROUP);
        List<String> columns = sparse
                ? List.of(group, pointer.child(PointerStruct.START), pointer.child(PointerStruct.END))
                : List.of(group);
        return ScanRequest.ALL
                .withColumns(columns)
                .withFragments(List.of(fragment))
                .withLimit(ROWS);
    }

    private static double sparse(LanceScan scan, OutputColumn.Pointer pointer) {
        VarCharVector groups = groups(scan, pointer);
        BigIntVector starts = (BigIntVector) scan.batch().getVector(pointer.child(PointerStruct.START));
        BigIntVector ends = (BigIntVector) scan.batch().getVector(pointer.child(PointerStruct.END));
        double entries = 0;
        for (int i = 0; i < scan.batch().getRowCount(); i++) {
            if (!groups.isNull(i) && !starts.isNull(i) && !ends.isNull(i)) {
                // Whether a pointer makes sense is looked at when it is followed.
                entries += Math.max(0, Math.min(ends.get(i) - starts.get(i), Integer.MAX_VALUE));
            }
        }
        return entries;
    }

    /** All cells are taken for as wide as those of the first one's dataset. */
    private double dense(LanceScan scan, OutputColumn.Pointer pointer) {
        VarCharVector groups = groups(scan, pointer);
        String first = null;
        int present = 0;
        for (int i = 0; i < scan.batch().getRowCount(); i++) {
            if (!groups.isNull(i) && groups.getValueLength(i) > 0) {
                present++;
                first = first == null ? groups.getObject(i).toString() : first;
            }
        }
        if (first == null) {
            return 0;
        }
        String layout = view.dataset(pointer.pointer().featureSpace(), first).layoutUid();
        return (double) present * view.remap(layout).length;
    }

    private static VarCharVector groups(LanceScan scan, OutputColumn.Pointer pointer) {
        return (VarCharVector) scan.batch().getVector(pointer.child(PointerStruct.GROUP));
    }
}
