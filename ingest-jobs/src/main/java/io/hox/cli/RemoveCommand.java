package io.hox.cli;

import io.hox.HoxException;
import io.hox.atlas.AtlasWriter;
import io.hox.atlas.DatasetRow;
import io.hox.atlas.NearNames;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;

/** {@code hox remove}: takes datasets out of the latest state. */
@Command(
        name = "remove",
        description =
                "Take datasets out of the latest state: their cells and their rows of the dataset table. Snapshots"
                        + " that have them still answer. The arrays stay until 'hox clean'.",
        footer = {
            "",
            "Examples:",
            "  hox remove my_atlas --dataset-uid 4703a516167c5bc6",
            "  hox remove my_atlas --dataset-uid d1 --dataset-uid d2 && hox snapshot my_atlas"
        })
final class RemoveCommand extends MaintenanceCommand {
    private static final int SHOWN = 5;

    @Option(
            names = "--dataset-uid",
            required = true,
            paramLabel = "UID",
            description = "The dataset to remove, see 'hox info'. May be repeated.")
    private Set<String> uids = new LinkedHashSet<>();

    @Override
    int run(AtlasWriter atlas) {
        List<DatasetRow> datasets = atlas.datasets();
        // All must be known before the first one goes.
        uids.forEach(uid -> check(atlas, datasets, uid));
        for (String uid : uids) {
            long rows = datasets.stream()
                    .filter(row -> row.datasetUid().equals(uid))
                    .count();
            long cells = atlas.removeCells(uid);
            atlas.removeDataset(uid);
            System.out.printf(
                    "removed dataset %s: %,d %s, %,d %s of the dataset table%n",
                    uid, cells, cells == 1 ? "cell" : "cells", rows, rows == 1 ? "row" : "rows");
        }
        System.err.println(
                "hox: snapshots that have them still answer; the arrays stay until: hox clean " + path() + " --delete");
        return ExitCode.OK;
    }

    private void check(AtlasWriter atlas, List<DatasetRow> datasets, String uid) {
        Set<String> known = new LinkedHashSet<>();
        datasets.forEach(row -> known.add(row.datasetUid()));
        if (known.contains(uid) || atlas.isComplete(uid)) {
            return;
        }
        List<String> near = NearNames.find(uid, known, SHOWN);
        String hint = near.isEmpty()
                ? "; 'hox info " + path() + "' lists its " + known.size() + " datasets."
                : ", did you mean " + String.join(", ", near) + "?";
        throw new HoxException("the atlas " + path() + " has no dataset '" + uid + "'" + hint + " Nothing was removed");
    }
}
