package io.hox.cli;

import io.hox.HoxException;
import io.hox.ingest.DatasetReport;
import io.hox.ingest.DatasetReport.State;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Tells what became of the datasets of a job: a table on standard output, the rest on standard error. */
final class IngestSummary {
    private static final List<String> COLUMNS =
            List.of("file", "dataset_uid", "state", "cells", "features", "non_zeros", "bytes", "seconds");

    private final String atlas;
    private final OutputFormat format;

    IngestSummary(String atlas, OutputFormat format) {
        this.atlas = atlas;
        this.format = format;
    }

    /** @throws HoxException when a dataset failed; with the reason where it is the only one */
    void print(List<DatasetReport> reports) {
        if (reports.size() == 1 && reports.get(0).state() == State.FAILED) {
            throw new HoxException(reports.get(0).notes().get(0));
        }
        printNotes(reports);
        List<List<Object>> rows = new ArrayList<>();
        for (DatasetReport report : reports) {
            rows.add(List.of(
                    report.file(),
                    report.datasetUid(),
                    report.state().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                    report.cells(),
                    report.features(),
                    report.nonZeros(),
                    report.bytes(),
                    report.seconds()));
        }
        new RowPrinter(System.out, format).print(COLUMNS, rows);
        long failed = count(reports, State.FAILED);
        if (reports.size() - failed > count(reports, State.ALREADY_THERE)) {
            System.err.println("hox: readers see the new cells after: hox snapshot " + atlas);
        }
        if (failed > 0) {
            throw new HoxException(
                    failed + " of " + reports.size()
                            + " datasets were not ingested; nothing of them is in the atlas. Mend them and run the command again");
        }
    }

    /** A note that many files share is printed once. */
    private static void printNotes(List<DatasetReport> reports) {
        Map<String, List<String>> filesOf = new LinkedHashMap<>();
        for (DatasetReport report : reports) {
            for (String note : report.notes()) {
                if (report.state() == State.FAILED) {
                    System.err.println("hox: not ingested: " + note);
                } else {
                    filesOf.computeIfAbsent(note, text -> new ArrayList<>()).add(report.file());
                }
            }
        }
        filesOf.forEach((note, files) -> System.err.println("hox: " + files.get(0)
                + (files.size() == 1 ? "" : " and " + (files.size() - 1) + " more") + ": " + note));
    }

    private static long count(List<DatasetReport> reports, State state) {
        return reports.stream().filter(report -> report.state() == state).count();
    }
}
