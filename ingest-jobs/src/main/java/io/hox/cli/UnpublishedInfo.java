package io.hox.cli;

import io.hox.atlas.AtlasUri;
import io.hox.atlas.AtlasWriter;
import io.hox.atlas.DatasetRow;
import io.hox.atlas.PointerColumn;
import io.hox.lance.LanceTable;
import java.util.ArrayList;
import java.util.List;

/** What {@code hox info} can tell of an atlas before its first snapshot: the tables as they are now. */
final class UnpublishedInfo {
    private UnpublishedInfo() {}

    static void print(AtlasArgument argument, OutputFormat format) {
        AtlasUri uri = AtlasFiles.uri(argument);
        try (AtlasWriter atlas = AtlasWriter.open(uri, AtlasFiles.options(uri), argument.spaces())) {
            RowPrinter printer = new RowPrinter(System.out, format);
            if (format == OutputFormat.TABLE) {
                System.out.println("atlas     " + atlas.uri().root());
                System.out.println("snapshot  none yet");
                System.out.println();
                printer.print(List.of("obs_table", "cells", "pointer_columns"), tables(atlas));
                System.out.println();
            }
            List<List<Object>> rows = new ArrayList<>();
            for (DatasetRow row : atlas.datasets()) {
                rows.add(List.of(row.datasetUid(), row.zarrGroup(), row.featureSpace()));
            }
            printer.print(List.of("dataset_uid", "zarr_group", "feature_space"), rows);
        }
        System.err.println("hox: no snapshot yet, so readers see nothing; run: hox optimize " + argument.path
                + " && hox snapshot " + argument.path);
    }

    private static List<List<Object>> tables(AtlasWriter atlas) {
        List<List<Object>> rows = new ArrayList<>();
        for (String name : atlas.obsTables()) {
            List<String> pointers = new ArrayList<>();
            for (PointerColumn pointer : atlas.pointers(name)) {
                pointers.add(pointer.name() + " (" + pointer.featureSpace() + ")");
            }
            try (LanceTable table = atlas.obsRef(name).open()) {
                rows.add(List.of(name, table.countRows(null), pointers));
            }
        }
        return rows;
    }
}
