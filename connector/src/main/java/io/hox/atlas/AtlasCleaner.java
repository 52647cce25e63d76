package io.hox.atlas;

import io.hox.HoxException;
import io.hox.store.ObjectStore;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Finds what nobody reads and deletes it. In use is every group that the newest dataset table names, or any version of it
 * that a snapshot or a tag holds, and every group that a cell points to. A job that writes has groups which nobody names
 * yet: the caller leaves alone what is young.
 */
public final class AtlasCleaner {
    private final AtlasWriter writer;
    private final LatestTables tables;
    private final NamedGroups groups;

    AtlasCleaner(AtlasWriter writer, LatestTables tables) {
        this.writer = writer;
        this.tables = tables;
        this.groups = new NamedGroups(tables);
    }

    /**
     * Everything that is left over: rows of the dataset table first, then directories of the store.
     *
     * @throws HoxException when the store is none of Zarr groups, or a snapshot's dataset table can't be read
     */
    public List<Leftover> find() {
        Set<String> pointedTo = CellGroups.of(tables, writer);
        List<Leftover> leftovers = new ArrayList<>(rows(writer.datasets(), pointedTo));
        try (ObjectStore store = store()) {
            Set<String> used = used();
            used.addAll(pointedTo);
            leftovers.addAll(new UnusedDirectories(store, used).find());
        }
        return leftovers;
    }

    /**
     * Deletes what {@link #find} found, unless somebody has begun to use it meanwhile.
     *
     * @return false when it stays, because it is in use or not {@linkplain Leftover.Kind#isDeletable deletable}
     */
    public boolean delete(Leftover leftover) {
        switch (leftover.kind()) {
            case DIRECTORY, TEMPORARY -> {
                String path = ZarrGroups.check(leftover.path(), tables.roles().datasets());
                for (String group : used()) {
                    if (group.equals(path) || group.startsWith(path + "/") || path.startsWith(group + "/")) {
                        return false;
                    }
                }
                try (ObjectStore store = store()) {
                    store.deleteRecursively(path);
                }
                return true;
            }
            case ROW -> {
                if (CellGroups.of(tables, writer).contains(leftover.path())) {
                    return false;
                }
                writer.unregisterGroup(leftover.path());
                return true;
            }
            default -> {
                return false;
            }
        }
    }

    private static List<Leftover> rows(List<DatasetRow> datasets, Set<String> pointedTo) {
        Set<String> withCells = new HashSet<>();
        Map<String, Boolean> hasCells = new HashMap<>();
        for (DatasetRow row : datasets) {
            boolean present = pointedTo.contains(row.zarrGroup());
            hasCells.merge(row.datasetUid(), present, Boolean::logicalOr);
            if (present) {
                withCells.add(row.datasetUid() + '\0' + row.featureSpace());
            }
        }
        List<Leftover> leftovers = new ArrayList<>();
        for (DatasetRow row : datasets) {
            boolean superseded = withCells.contains(row.datasetUid() + '\0' + row.featureSpace());
            if (!pointedTo.contains(row.zarrGroup()) && (superseded || !hasCells.get(row.datasetUid()))) {
                Leftover.Kind kind = superseded ? Leftover.Kind.ROW : Leftover.Kind.EMPTY_DATASET;
                leftovers.add(new Leftover(kind, row.zarrGroup(), row.datasetUid(), 0, 0, created(row)));
            }
        }
        return leftovers;
    }

    /** Now where the row does not tell: it counts as young then, and stays. */
    private static long created(DatasetRow row) {
        try {
            return OffsetDateTime.parse(row.createdAt()).toInstant().toEpochMilli();
        } catch (DateTimeParseException | NullPointerException e) {
            return System.currentTimeMillis();
        }
    }

    private Set<String> used() {
        // The newest one last: what was registered meanwhile must not be missed.
        Set<String> used = new TreeSet<>(groups.ofSnapshots());
        used.addAll(groups.latest());
        String inside = tables.uri().store() + "/";
        if (tables.uri().database().startsWith(inside)) {
            used.add(tables.uri().database().substring(inside.length()));
        }
        return used;
    }

    private ObjectStore store() {
        ObjectStore store = ObjectStore.open(tables.uri().store(), tables.options());
        if (!writer.zarr().groupExists("")) {
            throw new HoxException(
                    tables.uri().store() + " has no Zarr group document (zarr.json), so it is not the store"
                            + " of an atlas, and nothing in it can be called unused; check --store-uri");
        }
        return store;
    }
}
