package io.hox.lance;

import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.UInt8Vector;
import org.lance.Fragment;
import org.lance.FragmentMetadata;

/** Reads rows, and keeps away from what the library reads wrong: limits of 0 and offsets, both behind a filter. */
final class TableScans {
    private final OpenTable table;

    TableScans(OpenTable table) {
        this.table = table;
    }

    LanceScan scan(ScanRequest request) {
        if (request.limit() == 0) {
            // Lance takes the limit 0 behind a filter for none at all.
            return table.scan(request.withFilter(null).withOffset(0));
        }
        boolean skipsFilteredRows = request.offset() > 0 && request.filter() != null;
        return table.scan(skipsFilteredRows ? beginningAtOffset(request) : request);
    }

    boolean hasRows(String filter, List<Integer> fragments) {
        ScanRequest first = ScanRequest.ALL
                .withColumns(List.of())
                .withFilter(filter)
                .withFragments(fragments)
                .withLimit(1);
        try (LanceScan scan = table.scan(first)) {
            while (scan.next()) {
                if (scan.batch().getRowCount() > 0) {
                    return true;
                }
            }
        }
        return false;
    }

    List<FragmentInfo> fragments() {
        return table.call(null, () -> {
            List<FragmentInfo> infos = new ArrayList<>();
            for (Fragment fragment : table.dataset().getFragments()) {
                FragmentMetadata meta = fragment.metadata();
                infos.add(new FragmentInfo(meta.getId(), meta.getPhysicalRows(), meta.getNumRows()));
            }
            return List.copyOf(infos);
        });
    }

    /**
     * The same rows without an offset. Behind a filter Lance skips rows by slicing batches, and Arrow's C data import
     * ignores where a slice of booleans begins: the values would be wrong. Row addresses are read right, so the scan
     * begins at the address of the first wanted row.
     */
    private ScanRequest beginningAtOffset(ScanRequest request) {
        long first = firstRowAddress(request);
        if (first < 0) {
            return request.withFilter(null).withOffset(0).withLimit(0);
        }
        int fragment = (int) (first >>> Integer.SIZE);
        List<Integer> ids = new ArrayList<>();
        for (FragmentInfo info : fragments()) {
            if (request.fragmentIds() == null || request.fragmentIds().contains(info.id())) {
                ids.add(info.id());
            }
        }
        long offsetInFragment = first & 0xFFFF_FFFFL;
        return request.withOffset(0)
                .withFragments(ids.subList(ids.indexOf(fragment), ids.size()))
                .withFilter("(" + request.filter() + ") AND NOT " + LanceSql.rowRange(fragment, 0, offsetInFragment));
    }

    /** Address of the first row behind the offset; -1 when there is none. */
    private long firstRowAddress(ScanRequest request) {
        long first = -1;
        try (LanceScan scan = table.scan(request.withColumns(List.of()).withLimit(1))) {
            while (scan.next()) {
                if (scan.batch().getRowCount() > 0) {
                    first = ((UInt8Vector) scan.batch().getVector("_rowaddr")).get(0);
                }
            }
        }
        return first;
    }
}
