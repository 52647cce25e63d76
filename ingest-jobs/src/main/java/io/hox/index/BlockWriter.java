package io.hox.index;

import io.hox.HoxException;
import io.hox.job.TaskCount;
import io.hox.store.RequestCounter;
import io.hox.zarr.ZarrHierarchy;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import scala.Tuple2;

/** Writes the blocks of one task, one after the other. */
final class BlockWriter {
    private final Wave wave;
    private final WaveLayout layout;
    private final TaskCount progress;
    private final RequestCounter counter = new RequestCounter();
    private final ZarrHierarchy zarr;
    private final Map<Integer, Part> parts = new HashMap<>();
    private final List<GroupFailure> failures = new ArrayList<>();
    private final Set<Integer> failed = new HashSet<>();
    private int block = -1;
    private ShardBuilder shard;

    /** What a task wrote of a group. */
    record Part(int shards, long bytes) implements Serializable {
        Part plus(Part other) {
            return new Part(shards + other.shards, bytes + other.bytes);
        }
    }

    /**
     * What a task wrote.
     *
     * @param parts by group
     * @param failures of groups that are not complete
     */
    record Written(Map<Integer, Part> parts, List<GroupFailure> failures) implements Serializable {}

    BlockWriter(Wave wave, WaveLayout layout, TaskCount progress) {
        this.wave = wave;
        this.layout = layout;
        this.progress = progress;
        this.zarr = wave.zarr().counting(counter);
    }

    /** @param runs by key */
    Written write(Iterator<Tuple2<Long, byte[]>> runs) {
        while (runs.hasNext()) {
            Tuple2<Long, byte[]> run = runs.next();
            if (WaveLayout.blockOf(run._1()) != block) {
                finish();
                block = WaveLayout.blockOf(run._1());
            }
            int group = layout.groupOf(block);
            if (!failed.contains(group)) {
                attempt(group, () -> add(run._2()));
            }
        }
        finish();
        return new Written(parts, failures);
    }

    private void add(byte[] run) {
        if (shard == null) {
            int group = layout.groupOf(block);
            shard = new ShardBuilder(wave.groups().get(group), layout.of(group), layout.shardOf(block), wave.shapes());
        }
        shard.add(run);
    }

    private void finish() {
        if (shard != null) {
            int group = layout.groupOf(block);
            attempt(group, () -> {
                long before = counter.bytesWritten();
                progress.wrote(0, shard.write(zarr));
                parts.merge(group, new Part(1, counter.bytesWritten() - before), Part::plus);
            });
            shard = null;
        }
    }

    private void attempt(int group, Runnable step) {
        try {
            step.run();
        } catch (HoxException e) {
            failures.add(new GroupFailure(group, e.getMessage()));
            failed.add(group);
            shard = null;
        }
    }
}
