package io.hox.spark.write;

import io.hox.HoxException;
import io.hox.atlas.AtlasWriter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.connector.write.BatchWrite;
import org.apache.spark.sql.connector.write.DataWriterFactory;
import org.apache.spark.sql.connector.write.PhysicalWriteInfo;
import org.apache.spark.sql.connector.write.WriterCommitMessage;
import org.lance.FragmentMetadata;

/** The driver's side of a running write. Spark lets one attempt of each task commit, and then calls one method here. */
final class AppendBatch implements BatchWrite {
    private final AppendWrite write;
    private boolean mayBeReferred;

    AppendBatch(AppendWrite write) {
        this.write = write;
    }

    @Override
    public DataWriterFactory createBatchWriterFactory(PhysicalWriteInfo info) {
        return new CellWriterFactory(write.plan(), info.numPartitions() == 1);
    }

    @Override
    public void commit(WriterCommitMessage[] messages) {
        List<WrittenDataset> datasets = new ArrayList<>();
        List<FragmentMetadata> fragments = new ArrayList<>();
        for (WriterCommitMessage message : messages) {
            AppendMessage written = (AppendMessage) message;
            datasets.addAll(written.datasets());
            fragments.addAll(written.fragments());
        }
        if (fragments.isEmpty()) {
            return;
        }
        try (AtlasWriter atlas = open()) {
            new AppendCommit(write, atlas).run(datasets, fragments, referred -> mayBeReferred = referred);
            removeAllBut(atlas, datasets);
            if (write.request().snapshot()) {
                snapshot(atlas);
            }
        }
    }

    /** Removes all groups of the write, also those that a lost executor left; but none that a row may refer to. */
    @Override
    public void abort(WriterCommitMessage[] messages) {
        if (!mayBeReferred) {
            try (AtlasWriter atlas = open()) {
                removeAllBut(atlas, List.of());
            }
        }
    }

    private void removeAllBut(AtlasWriter atlas, List<WrittenDataset> datasets) {
        Set<String> kept = new HashSet<>();
        for (WrittenDataset dataset : datasets) {
            dataset.groups().forEach(group -> kept.add(group.path()));
        }
        new GroupCleaner(atlas.zarr().store(), write.plan()).removeAllBut(kept);
    }

    private void snapshot(AtlasWriter atlas) {
        try {
            atlas.snapshot();
        } catch (HoxException e) {
            throw new HoxException("the cells are in the atlas, but no snapshot was made: " + e.getMessage(), e);
        }
    }

    private AtlasWriter open() {
        AppendRequest request = write.request();
        return AtlasWriter.open(request.atlas().uri(), request.atlas().storage(), request.spaces());
    }

    @Override
    public String toString() {
        return write.description();
    }
}
