package io.hox.atlas;

import io.hox.HoxException;
import io.hox.lance.LanceTable;
import io.hox.zarr.ZarrHierarchy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Looks for everything that would make a read of tables fail or lie, but for features that wait for their numbers. */
final class AtlasValidator {
    private static final int SHOWN = 5;
    private static final int ATTEMPTS = 5;

    private final PinnedTables tables;
    private final TableRoles roles;
    private final FeatureSpaces spaces;
    private final ZarrHierarchy zarr;
    private final List<String> findings = new ArrayList<>();
    /** By space and group: features of its feature-oriented copy. */
    private final Map<String, Long> copies = new HashMap<>();

    AtlasValidator(PinnedTables tables, FeatureSpaces spaces, ZarrHierarchy zarr) {
        this.tables = tables;
        this.roles = tables.roles();
        this.spaces = spaces;
        this.zarr = zarr;
    }

    /** Validates the newest tables; again when a dataset was removed meanwhile, which looks as if half of it were missing. */
    static List<String> latest(LatestTables tables, Function<PinnedTables, List<String>> validation) {
        for (int attempt = 1; ; attempt++) {
            PinnedTables latest = PinnedTables.latest(tables.database(), tables.roles());
            List<String> findings = validation.apply(latest);
            if (findings.isEmpty() || attempt == ATTEMPTS || latest.areLatest()) {
                return findings;
            }
        }
    }

    List<String> run() {
        List<DatasetRow> datasets = tables.datasets();
        Map<String, PointerColumn> pointers = new LinkedHashMap<>();
        for (String name : roles.obsTables()) {
            try (LanceTable obs = tables.open(name)) {
                PointerColumns.of(obs.schema(), Generation.G2, spaces, obs.uri())
                        .forEach(pointer -> pointers.putIfAbsent(pointer.featureSpace(), pointer));
            }
        }
        Map<String, long[]> shapes = checkGroups(datasets, pointers);
        checkLayouts(datasets, shapes);
        for (String name : roles.obsTables()) {
            checkCells(name, datasets, shapes);
        }
        return List.copyOf(findings);
    }

    /** @return by space and group, the shape of its arrays where it is known */
    private Map<String, long[]> checkGroups(List<DatasetRow> datasets, Map<String, PointerColumn> pointers) {
        Map<String, List<String>> groups = new LinkedHashMap<>();
        for (DatasetRow dataset : datasets) {
            try {
                ZarrGroups.check(dataset.zarrGroup(), roles.datasets());
                groups.computeIfAbsent(dataset.featureSpace(), s -> new ArrayList<>())
                        .add(dataset.zarrGroup());
            } catch (HoxException e) {
                findings.add(e.getMessage());
            }
        }
        Map<String, long[]> shapes = new HashMap<>();
        groups.forEach((name, paths) -> {
            FeatureSpace space = spaces.find(name);
            try {
                if (space == null) {
                    space = inferred(name, pointers.get(name), paths);
                }
            } catch (HoxException e) {
                findings.add(e.getMessage());
            }
            if (space != null) {
                for (String path : new LinkedHashSet<>(paths)) {
                    long[] shape = new GroupCheck(zarr, space, path, findings).run();
                    shapes.put(key(name, path), shape);
                    long entries = shape == null || shape.length != 1 ? -1 : shape[0];
                    copies.put(key(name, path), new CopyCheck(zarr, space, path, findings).run(entries));
                }
            }
        });
        return shapes;
    }

    private FeatureSpace inferred(String name, PointerColumn pointer, List<String> groups) {
        if (pointer == null) {
            findings.add("Feature space '" + name + "' of table '" + roles.datasets()
                    + "' is unknown, and no pointer column names it");
            return null;
        }
        return new SpaceInference(zarr)
                .infer(name, pointer.kind(), roles.registries().containsKey(name), groups);
    }

    private void checkLayouts(List<DatasetRow> datasets, Map<String, long[]> shapes) {
        Map<String, List<DatasetRow>> users = new LinkedHashMap<>();
        for (DatasetRow dataset : datasets) {
            if (!dataset.layoutUid().isEmpty()) {
                users.computeIfAbsent(dataset.layoutUid(), uid -> new ArrayList<>())
                        .add(dataset);
            } else if (roles.registries().containsKey(dataset.featureSpace())) {
                findings.add("Dataset " + dataset.datasetUid() + " (group '" + dataset.zarrGroup()
                        + "') has no layout, so its columns have no meaning");
            }
        }
        if (users.isEmpty()) {
            return;
        }
        Map<String, LayoutSummary> layouts;
        try (LanceTable table = tables.open(AtlasTables.LAYOUTS)) {
            layouts = LayoutSummary.read(table, users.keySet());
        }
        Map<String, Set<String>> registered = new HashMap<>();
        users.forEach((uid, rows) -> {
            LayoutSummary layout = layouts.get(uid);
            if (layout == null) {
                findings.add("Layout " + uid + " of dataset " + rows.get(0).datasetUid() + " has no rows in "
                        + AtlasTables.LAYOUTS);
                return;
            }
            layout.problems().forEach(problem -> findings.add("Layout " + uid + " " + problem));
            for (DatasetRow row : rows) {
                checkLayoutOf(row, layout, shapes.get(key(row.featureSpace(), row.zarrGroup())), registered);
            }
        });
    }

    private void checkLayoutOf(
            DatasetRow dataset, LayoutSummary layout, long[] shape, Map<String, Set<String>> registered) {
        if (shape != null && shape.length == 2 && shape[1] != layout.features().size()) {
            findings.add("Zarr group '" + dataset.zarrGroup() + "' has " + shape[1] + " columns, but its layout "
                    + dataset.layoutUid() + " has " + layout.features().size() + " features");
        }
        long copied = copies.getOrDefault(key(dataset.featureSpace(), dataset.zarrGroup()), -1L);
        if (copied >= 0 && copied != layout.features().size()) {
            findings.add("Feature-oriented copy of Zarr group '" + dataset.zarrGroup() + "' has " + copied
                    + " features, but its layout " + dataset.layoutUid() + " has "
                    + layout.features().size());
        }
        String registry = roles.registries().get(dataset.featureSpace());
        if (registry == null) {
            return;
        }
        Set<String> known = registered.computeIfAbsent(registry, name -> {
            try (LanceTable table = tables.open(name)) {
                return FeatureRegistration.globalIndexes(table).keySet();
            }
        });
        List<String> missing =
                layout.features().stream().filter(f -> !known.contains(f)).toList();
        if (!missing.isEmpty()) {
            findings.add(
                    "Layout " + dataset.layoutUid() + " names " + missing.size() + " features that registry table '"
                            + registry + "' lacks, such as " + missing.subList(0, Math.min(SHOWN, missing.size())));
        }
    }

    private void checkCells(String name, List<DatasetRow> datasets, Map<String, long[]> shapes) {
        try (LanceTable obs = tables.open(name)) {
            List<String> duplicates = DuplicateUids.find(obs, null, SHOWN);
            if (!duplicates.isEmpty()) {
                findings.add("Obs table '" + name + "' has several cells with one uid, such as " + duplicates);
            }
            for (PointerColumn pointer : PointerColumns.of(obs.schema(), Generation.G2, spaces, obs.uri())) {
                Map<String, long[]> groups = new HashMap<>();
                for (DatasetRow dataset : datasets) {
                    if (dataset.featureSpace().equals(pointer.featureSpace())) {
                        groups.put(dataset.zarrGroup(), shapes.get(key(dataset.featureSpace(), dataset.zarrGroup())));
                    }
                }
                new PointerCheck(obs, pointer, groups, findings).run();
            }
        }
    }

    private static String key(String space, String group) {
        return space + '\0' + group;
    }
}
