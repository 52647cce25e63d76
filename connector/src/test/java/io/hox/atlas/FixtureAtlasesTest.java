package io.hox.atlas;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.hox.testing.GoldenParquet;
import io.hox.testing.Shared;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** What real atlases of every generation and storage version hold, compared with what their own software says. */
class FixtureAtlasesTest {
    @ParameterizedTest
    @FieldSource("io.hox.testing.Shared#ATLASES")
    void listsTheRecordedSnapshots(String name) {
        JsonNode golden = FixtureAtlases.json(name, "list_versions.json");
        try (Atlas atlas = FixtureAtlases.open(name)) {
            List<Snapshot> snapshots = atlas.snapshots();

            assertThat(snapshots).hasSize(golden.size());
            for (int i = 0; i < golden.size(); i++) {
                checkSnapshot(snapshots.get(i), golden.get(i));
            }
            assertThat(atlas.latestSnapshot().version()).isEqualTo(golden.size() - 1);
            assertThat(atlas.generation()).isEqualTo(name.startsWith("g1") ? Generation.G1 : Generation.G2);
        }
    }

    private static void checkSnapshot(Snapshot snapshot, JsonNode golden) {
        boolean first = golden.has("cell_table_name");
        Map<String, Long> obs = new LinkedHashMap<>();
        if (first) {
            obs.put(
                    golden.get("cell_table_name").textValue(),
                    golden.get("cell_table_version").longValue());
        } else {
            FixtureAtlases.parse(golden.get("obs_table_versions"))
                    .fields()
                    .forEachRemaining(e -> obs.put(e.getKey(), e.getValue().longValue()));
        }
        JsonNode names = FixtureAtlases.parse(golden.get("registry_table_names"));
        JsonNode versions = FixtureAtlases.parse(golden.get("registry_table_versions"));
        Map<String, TableRef> registries = new LinkedHashMap<>();
        names.fields()
                .forEachRemaining(e -> registries.put(
                        e.getKey(),
                        new TableRef(
                                e.getValue().textValue(),
                                versions.get(e.getKey()).longValue())));

        assertThat(snapshot.generation()).isEqualTo(first ? Generation.G1 : Generation.G2);
        assertThat(snapshot.version()).isEqualTo(golden.get("version").longValue());
        assertThat(snapshot.obsTables()).isEqualTo(obs);
        assertThat(snapshot.registries()).isEqualTo(registries);
        assertThat(snapshot.datasets())
                .isEqualTo(new TableRef(
                        golden.get("dataset_table_name").textValue(),
                        golden.get("dataset_table_version").longValue()));
        assertThat(snapshot.layouts())
                .isEqualTo(new TableRef(
                        "_feature_layouts",
                        golden.get("feature_layouts_table_version").longValue()));
        assertThat(snapshot.totalRows())
                .isEqualTo(golden.get(first ? "total_cells" : "total_rows").longValue());
        assertThat(snapshot.createdAt()).isEqualTo(golden.get("created_at").textValue());
        assertThat(snapshot.uri().store()).endsWith("/zarr_store").startsWith("/");
    }

    @ParameterizedTest
    @FieldSource("io.hox.testing.Shared#ATLASES")
    void findsThePointerColumnsAndTheRowsThatHaveThem(String name) {
        FixtureAtlases.eachSnapshot(name, (view, version) -> {
            for (String table : view.snapshot().obsTables().keySet()) {
                List<Map<String, Object>> golden =
                        GoldenParquet.read(FixtureAtlases.golden(name, version, "pointers_" + table + ".parquet"));
                Map<String, Long> present = new LinkedHashMap<>();
                for (String column : golden.get(0).keySet()) {
                    if (column.endsWith(".zarr_group")) {
                        long rows = golden.stream()
                                .map(row -> row.get(column))
                                .filter(group -> group != null && !group.equals(""))
                                .count();
                        present.put(column.substring(0, column.length() - ".zarr_group".length()), rows);
                    }
                }
                Map<String, Long> found = new LinkedHashMap<>();
                for (PointerColumn pointer : view.pointers(table)) {
                    long rows = view.obs(table).countRows(pointer.presentFilter());
                    found.put(pointer.name(), rows);
                    assertThat(rows + view.obs(table).countRows("NOT (" + pointer.presentFilter() + ")"))
                            .as("%s is present or absent", pointer)
                            .isEqualTo(golden.size());
                    assertThat(golden.get(0).keySet()).containsAll(children(pointer));
                }
                assertThat(found).as("version %d, table %s", version, table).isEqualTo(present);
            }
        });
    }

    private static List<String> children(PointerColumn pointer) {
        List<String> names = new ArrayList<>();
        for (String child : pointer.kind().children()) {
            names.add(pointer.name() + "." + child);
        }
        return names;
    }

    @ParameterizedTest
    @FieldSource("io.hox.testing.Shared#ATLASES")
    void readsTheDatasets(String name) {
        FixtureAtlases.eachSnapshot(name, (view, version) -> {
            List<Map<String, Object>> golden =
                    GoldenParquet.read(FixtureAtlases.golden(name, version, "datasets.parquet"));
            String key = view.snapshot().generation() == Generation.G1 ? "uid" : "dataset_uid";
            List<Map<String, Object>> found = new ArrayList<>();
            for (DatasetRow row : view.datasets()) {
                Map<String, Object> values = new LinkedHashMap<>();
                values.put(key, row.datasetUid());
                values.put("zarr_group", row.zarrGroup());
                values.put("feature_space", row.featureSpace());
                values.put("layout_uid", row.layoutUid());
                values.put("created_at", row.createdAt());
                values.putAll(row.extra());
                found.add(values);
                assertThat(view.dataset(row.featureSpace(), row.zarrGroup())).isEqualTo(row);
            }
            assertThat(found).containsExactlyInAnyOrderElementsOf(golden);
        });
    }

    @ParameterizedTest
    @FieldSource("io.hox.testing.Shared#ATLASES")
    void readsTheRegistries(String name) {
        FixtureAtlases.eachSnapshot(name, (view, version) -> {
            for (String space : view.snapshot().registries().keySet()) {
                List<Map<String, Object>> golden =
                        GoldenParquet.read(FixtureAtlases.golden(name, version, "registry_" + space + ".parquet"));
                Registry registry = view.registry(space);

                assertThat(registry.size()).isEqualTo(golden.size());
                for (Map<String, Object> feature : golden) {
                    int row = registry.rowOf((String) feature.get("uid"));
                    assertThat(values(registry, row)).isEqualTo(feature);
                    assertThat(registry.rowOf(registry.globalIndex(row))).isEqualTo(row);
                }
            }
        });
    }

    private static Map<String, Object> values(Registry registry, int row) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("uid", registry.uid(row));
        values.put("global_index", (long) registry.globalIndex(row));
        for (FeatureColumn column : registry.columns()) {
            values.put(column.name(), column.value(row));
        }
        return values;
    }

    @ParameterizedTest
    @FieldSource("io.hox.testing.Shared#ATLASES")
    void readsTheLayouts(String name) {
        FixtureAtlases.eachSnapshot(name, (view, version) -> {
            Map<String, Map<Long, Long>> golden = new LinkedHashMap<>();
            for (Map<String, Object> row :
                    GoldenParquet.read(FixtureAtlases.golden(name, version, "feature_layouts.parquet"))) {
                golden.computeIfAbsent((String) row.get("layout_uid"), uid -> new TreeMap<>())
                        .put((Long) row.get("local_index"), (Long) row.get("global_index"));
            }
            Map<String, int[]> together = view.remaps(golden.keySet());

            golden.forEach((uid, indices) -> {
                int[] expected =
                        indices.values().stream().mapToInt(Long::intValue).toArray();
                assertThat(view.remap(uid)).isEqualTo(expected).isSameAs(together.get(uid));
            });
        });
    }

    @ParameterizedTest
    @FieldSource("io.hox.testing.Shared#ATLASES")
    void namesLayoutsByTheirFeatures(String name) {
        FixtureAtlases.eachSnapshot(name, (view, version) -> {
            Map<String, TreeMap<Long, String>> layouts = new LinkedHashMap<>();
            for (Map<String, Object> row :
                    GoldenParquet.read(FixtureAtlases.golden(name, version, "feature_layouts.parquet"))) {
                layouts.computeIfAbsent((String) row.get("layout_uid"), uid -> new TreeMap<>())
                        .put((Long) row.get("local_index"), (String) row.get("feature_uid"));
            }
            layouts.forEach((uid, features) ->
                    assertThat(Uids.layout(features.values())).isEqualTo(uid));
        });
    }

    @ParameterizedTest
    @FieldSource("io.hox.testing.Shared#ATLASES")
    void understandsTheArraysOfEveryGroup(String name) {
        FixtureAtlases.eachSnapshot(name, (view, version) -> {
            for (DatasetRow row : view.datasets()) {
                FeatureSpace space = view.space(row.featureSpace());
                List<String> layers = view.layers(space, row.zarrGroup());
                String group = row.zarrGroup() + "/";

                assertThat(layers).as("layers of %s", row).isNotEmpty();
                for (String layer : layers) {
                    LayerSpec spec = space.requireLayer(layer);
                    var array = view.zarr().array(group + space.layerPath(layer));
                    if (spec != null) {
                        assertThat(array.shape().length).isBetween(spec.minRank(), spec.maxRank());
                        assertThat(spec.types().isEmpty() || spec.types().contains(array.type()))
                                .as("%s of %s is %s", layer, row, array.type())
                                .isTrue();
                    }
                }
                for (ArraySpec array : space.arrays()) {
                    assertThat(array.types())
                            .contains(view.zarr().array(group + array.path()).type());
                }
                if (space.hasFeatures() && space.kind() == PointerKind.DENSE) {
                    long[] shape = view.zarr()
                            .array(group + space.layerPath(layers.get(0)))
                            .shape();
                    assertThat(view.remap(row.layoutUid())).hasSize((int) shape[1]);
                }
            }
        });
    }

    @ParameterizedTest
    @FieldSource("io.hox.testing.Shared#ATLASES")
    void endsWhereTheAtlasWasFound(String name) {
        String root = Shared.atlas(name).toString();
        for (String path : Arrays.asList(root, root + "/", root + "/lance_db", "file://" + root, "file:" + root)) {
            try (Atlas atlas = Atlas.open(AtlasUri.resolve(path, null), Map.of())) {
                assertThat(atlas.latestSnapshot().uri())
                        .as(path)
                        .isEqualTo(new AtlasUri(root + "/lance_db", root + "/zarr_store"));
            }
        }
    }
}
