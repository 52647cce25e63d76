package io.hox.index;

import io.hox.HoxException;
import io.hox.job.TaskCount;
import io.hox.job.TaskRunner;
import java.io.Closeable;
import java.util.HashSet;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.function.Consumer;
import scala.Tuple2;

/** The runs of one task's cells, made one portion at a time while they are asked for. */
final class RunIterator implements Iterator<Tuple2<Long, byte[]>>, Closeable {
    private final Wave wave;
    private final WaveLayout layout;
    private final TaskCount progress;
    private final Consumer<GroupFailure> failures;
    private final Set<Integer> failed = new HashSet<>();
    private final CellCursor cursor;
    private final CellPortion portion;
    private final EntryReader reader;
    private final Transposer transposer;
    private boolean more;
    private int cell;
    private int nextCell;
    private int shard;
    private int shards;
    private Tuple2<Long, byte[]> next;

    /** @param failures told of groups that can't be read; nothing more of them comes */
    RunIterator(Wave wave, WaveLayout layout, int task, TaskCount progress, Consumer<GroupFailure> failures) {
        this.wave = wave;
        this.layout = layout;
        this.progress = progress;
        this.failures = failures;
        this.portion = new CellPortion(wave.portion());
        this.reader = new EntryReader(wave.zarr());
        this.transposer = new Transposer(reader);
        this.cursor = new CellCursor(
                wave.sources(), wave.numbers(), wave.tasks().get(task).iterator());
        this.more = cursor.next();
    }

    @Override
    public boolean hasNext() {
        try {
            while (next == null && advance()) {
                next = run();
            }
        } catch (OutOfMemoryError e) {
            throw TaskRunner.outOfMemory(e);
        }
        return next != null;
    }

    @Override
    public Tuple2<Long, byte[]> next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        Tuple2<Long, byte[]> run = next;
        next = null;
        return run;
    }

    /** Moves to the next shard of the next group of the next portion. */
    private boolean advance() {
        while (++shard >= shards) {
            cell = nextCell;
            if (cell == portion.cells()) {
                if (!more) {
                    return false;
                }
                more = portion.fill(cursor);
                cell = 0;
            }
            nextCell = portion.endOfGroup(cell);
            shard = -1;
            shards = sort();
        }
        return true;
    }

    /** Sorts the entries of the group's cells; returns how many shards they may go to. */
    private int sort() {
        int group = portion.group(cell);
        if (layout.of(group) == null || failed.contains(group)) {
            return 0;
        }
        try {
            transposer.sort(portion, cell, wave.groups().get(group), layout.of(group));
            progress.wrote(0, reader.entries());
            return layout.of(group).shards();
        } catch (HoxException e) {
            failed.add(group);
            failures.accept(new GroupFailure(group, e.getMessage()));
            return 0;
        }
    }

    private Tuple2<Long, byte[]> run() {
        byte[] run = transposer.run(shard);
        int block = layout.block(portion.group(cell), shard);
        return run == null ? null : new Tuple2<>(WaveLayout.key(block, transposer.firstRow()), run);
    }

    @Override
    public void close() {
        cursor.close();
    }
}
