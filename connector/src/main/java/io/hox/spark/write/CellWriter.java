package io.hox.spark.write;

import io.hox.HoxException;
import io.hox.store.ObjectStore;
import io.hox.zarr.ZarrCache;
import io.hox.zarr.ZarrHierarchy;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.connector.write.DataWriter;
import org.apache.spark.sql.connector.write.WriterCommitMessage;
import org.lance.FragmentMetadata;

/**
 * Writes the rows of one task attempt. All cells become one dataset, unless they measured different features or have
 * different layers: each change of those begins a new one. In memory are one chunk of each open array and the cell
 * metadata of the fragment that is being collected, however long the task.
 */
final class CellWriter implements DataWriter<InternalRow> {
    private final AppendPlan plan;
    private final boolean single;
    private final String attempt;
    private final int partition;
    private final ObjectStore store;
    private final ZarrHierarchy zarr;
    private final CellRows cells;
    private final EntryReader[] readers;
    private final EntryNormaliser[] normalisers;
    private final CellData[] data;
    private final List<WrittenDataset> written = new ArrayList<>();
    private DatasetWriter dataset;
    private long rows;

    /**
     * A writer for one attempt.
     *
     * @param single whether the write has but one task
     * @param attempt distinguishes attempts of one task
     */
    CellWriter(AppendPlan plan, boolean single, int partition, long attempt) {
        this.plan = plan;
        this.single = single;
        this.partition = partition;
        this.attempt = partition + "-" + attempt;
        int fields = plan.fields().size();
        this.readers = new EntryReader[fields];
        this.normalisers = new EntryNormaliser[fields];
        this.data = new CellData[fields];
        for (int i = 0; i < fields; i++) {
            readers[i] = new EntryReader(plan.fields().get(i));
            normalisers[i] = new EntryNormaliser(plan.fields().get(i));
        }
        this.store = ObjectStore.open(plan.storeUri(), plan.storage());
        this.zarr = new ZarrHierarchy(store, new ZarrCache());
        this.cells = new CellRows(plan);
    }

    @Override
    public void write(InternalRow row) {
        String cell = name(row);
        for (int i = 0; i < data.length; i++) {
            Entries entries = readers[i].read(row, cell);
            data[i] = entries == null ? null : normalisers[i].normalise(entries, cell);
        }
        if (dataset != null && !dataset.takes(data)) {
            finishDataset();
        }
        if (dataset == null) {
            String number = written.isEmpty() ? "" : "-" + written.size();
            String part = single && written.isEmpty() ? "" : AppendPlan.PART + partition + number;
            dataset = new DatasetWriter(plan, zarr, plan.dataset() + part, attempt + number);
        }
        dataset.append(data, cell);
        cells.add(row, dataset, cell);
        rows++;
    }

    private String name(InternalRow row) {
        if (plan.makesUids()) {
            return "row " + rows + " of partition " + partition + " (counted from 0)";
        }
        if (row.isNullAt(plan.uid())) {
            throw new HoxException("row " + rows + " of partition " + partition + " (counted from 0) has no "
                    + AppendPlan.UID + "; fill the column, or drop it to have uids made");
        }
        return "cell " + row.getUTF8String(plan.uid());
    }

    private void finishDataset() {
        if (dataset != null) {
            written.add(dataset.finish());
            dataset = null;
        }
    }

    @Override
    public WriterCommitMessage commit() {
        finishDataset();
        List<FragmentMetadata> fragments = cells.finish();
        return new AppendMessage(List.copyOf(written), List.copyOf(fragments));
    }

    /** Removes the groups of this attempt; the fragments are files that no version of the table names. */
    @Override
    public void abort() {
        if (dataset != null) {
            dataset.close();
        }
        new GroupCleaner(store, plan).removeAttempt(attempt);
    }

    @Override
    public void close() {
        if (dataset != null) {
            dataset.close();
        }
        cells.close();
        store.close();
    }
}
