package io.hox.matrix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hox.HoxException;
import io.hox.atlas.Atlas;
import io.hox.atlas.AtlasUri;
import io.hox.atlas.AtlasView;
import io.hox.atlas.FeatureSpace;
import io.hox.atlas.LayerType;
import io.hox.atlas.PointerColumn;
import io.hox.atlas.PointerKind;
import io.hox.atlas.Registry;
import io.hox.testing.GoldenParquet;
import io.hox.testing.Shared;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every stored entry that the original software returned for the reference atlases, at the level of blocks. */
class GoldenMatrixTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<String, AtlasView> VIEWS = new HashMap<>();

    @TestFactory
    Stream<DynamicTest> blocksEqualTheOriginalsAnswers() {
        return Stream.of(
                        "g1_lancell",
                        "g1c_homeobox023",
                        "g2a_homeobox027",
                        "pbmc_two_datasets",
                        "multimodal",
                        "multimodal_lance21",
                        "custom_space",
                        "images")
                .flatMap(atlas -> queries(atlas)
                        .map(query ->
                                DynamicTest.dynamicTest(atlas + "/" + query.getFileName(), () -> check(atlas, query))));
    }

    private static Stream<Path> queries(String atlas) {
        File[] queries = Shared.golden(atlas, "queries").toFile().listFiles(File::isDirectory);
        return Stream.of(queries)
                .sorted()
                .map(File::toPath)
                .filter(query -> Files.exists(query.resolve("entries.parquet")))
                // Its rows are numbered instead of named.
                .filter(query -> !query.endsWith("v1_select_no_uid"));
    }

    private void check(String atlasName, Path directory) throws IOException {
        JsonNode query =
                JSON.readTree(directory.resolve("result.json").toFile()).path("query");
        String name = directory.getFileName().toString();
        int version = name.startsWith("v1_") ? 1 : 0;
        AtlasView view = view(atlasName, version);
        List<Map<String, Object>> golden = GoldenParquet.read(directory.resolve("entries.parquet"));
        PointerColumn column = column(view, query);
        FeatureSpace space = view.space(column.featureSpace());
        Map<String, Map<String, Object>> pointers = pointers(atlasName, version);
        List<String> uids = uids(directory, golden);
        Collections.shuffle(uids, new Random(7));
        List<LayerColumn> layers = layers(view, space, golden.get(0).keySet());
        FeatureAxis axis = axis(view, space, query, uids, pointers, column);

        CellReader reader = GroupReaders.of(view, space, axis, layers).cells();
        CellPointers batch = batch(column, uids, pointers);
        Map<String, Map<Integer, Number[]>> actual = new HashMap<>();
        for (int from = 0; from < batch.rows(); ) {
            int to = reader.fit(batch, from, 20_000);
            collect(reader.read(batch, from, to), uids.subList(from, to), layers.size(), actual);
            from = to;
        }

        compare(view, space, golden, layers, uids, pointers, column, actual);
    }

    private static PointerColumn column(AtlasView view, JsonNode query) {
        List<PointerColumn> columns = new ArrayList<>();
        for (String table : view.snapshot().obsTables().keySet()) {
            columns.addAll(view.pointers(table));
        }
        String name = query.path("select_fields").path(0).asText("");
        String space = query.path("space").asText("");
        JsonNode features = query.path("features");
        if (features.isObject()) {
            space = features.fieldNames().next();
        }
        for (PointerColumn column : columns) {
            boolean wanted = name.isEmpty()
                    ? column.featureSpace().equals(space)
                    : column.name().equals(name);
            if (wanted || (name.isEmpty() && space.isEmpty())) {
                return column;
            }
        }
        throw new AssertionError("no column for " + query);
    }

    private static List<String> uids(Path directory, List<Map<String, Object>> golden) {
        Set<String> uids = new LinkedHashSet<>();
        for (Map<String, Object> cell : GoldenParquet.read(directory.resolve("obs.parquet"))) {
            if (cell.containsKey("uid")) {
                uids.add((String) cell.get("uid"));
            }
        }
        for (Map<String, Object> entry : golden) {
            uids.add((String) entry.get("uid"));
        }
        return new ArrayList<>(uids);
    }

    private static Map<String, Map<String, Object>> pointers(String atlas, int version) {
        Map<String, Map<String, Object>> pointers = new HashMap<>();
        File[] files = Shared.golden(atlas, "v" + version)
                .toFile()
                .listFiles((directory, name) -> name.startsWith("pointers_"));
        for (File file : files) {
            for (Map<String, Object> row : GoldenParquet.read(file.toPath())) {
                pointers.put((String) row.get("uid"), row);
            }
        }
        return pointers;
    }

    private static List<LayerColumn> layers(AtlasView view, FeatureSpace space, Set<String> columns) {
        List<LayerColumn> layers = new ArrayList<>();
        for (LayerType layer : view.layerTypes(space)) {
            if (columns.contains(layer.name())) {
                layers.add(LayerColumn.of(layer));
            }
        }
        assertThat(layers).as("layers of " + space).hasSize(columns.size() - 2);
        return layers;
    }

    private static FeatureAxis axis(
            AtlasView view,
            FeatureSpace space,
            JsonNode query,
            List<String> uids,
            Map<String, Map<String, Object>> pointers,
            PointerColumn column) {
        JsonNode features = query.path("features");
        if (features.isObject()) {
            features = features.elements().next();
        }
        if (features.isArray()) {
            List<String> names = new ArrayList<>();
            features.forEach(feature -> names.add(feature.asText()));
            return FeatureAxis.pinned(view.registry(space.name()).globalIndices(names, "uid"));
        }
        Set<String> layouts = new LinkedHashSet<>();
        for (String uid : uids) {
            String group = group(pointers.get(uid), column);
            if (group != null) {
                layouts.add(view.dataset(space.name(), group).layoutUid());
            }
        }
        Map<String, int[]> remaps = view.remaps(layouts);
        return query.path("feature_join").asText("union").equals("union")
                ? FeatureAxis.union(remaps.values())
                : FeatureAxis.intersection(remaps.values());
    }

    private static String group(Map<String, Object> pointer, PointerColumn column) {
        String group = (String) pointer.get(column.name() + ".zarr_group");
        return group == null || group.isEmpty() ? null : group;
    }

    private static CellPointers batch(
            PointerColumn column, List<String> uids, Map<String, Map<String, Object>> pointers) {
        boolean sparse = column.kind() == PointerKind.SPARSE;
        CellPointers.Builder batch = sparse ? CellPointers.sparse(1) : CellPointers.dense(1);
        for (String uid : uids) {
            Map<String, Object> pointer = pointers.get(uid);
            String group = group(pointer, column);
            if (group == null) {
                batch.addAbsent();
            } else if (sparse) {
                batch.add(group, (Long) pointer.get(column.name() + ".start"), (Long)
                        pointer.get(column.name() + ".end"));
            } else {
                batch.add(group, (Long) pointer.get(column.name() + ".position"));
            }
        }
        return batch.build().named(uids::get);
    }

    private static void collect(
            CellBlock block, List<String> uids, int layers, Map<String, Map<Integer, Number[]>> all) {
        assertThat(block.rows()).isEqualTo(uids.size());
        for (int row = 0; row < block.rows(); row++) {
            assertThat(Blocks.indices(block, row)).isSorted();
            Map<Integer, Number[]> cell = new TreeMap<>();
            for (int layer = 0; Blocks.isPresent(block, row) && layer < layers; layer++) {
                Map<Integer, Number> entries = Blocks.row(block, row, layer);
                assertThat(entries).as("layer %s of %s", layer, uids.get(row)).isNotNull();
                for (Map.Entry<Integer, Number> entry : entries.entrySet()) {
                    cell.computeIfAbsent(entry.getKey(), k -> new Number[layers])[layer] = entry.getValue();
                }
            }
            all.put(uids.get(row), cell);
        }
    }

    private static void compare(
            AtlasView view,
            FeatureSpace space,
            List<Map<String, Object>> golden,
            List<LayerColumn> layers,
            List<String> uids,
            Map<String, Map<String, Object>> pointers,
            PointerColumn column,
            Map<String, Map<Integer, Number[]>> actual) {
        Registry registry = view.registry(space.name());
        Map<String, Set<Integer>> measured = new HashMap<>();
        Map<String, Map<Integer, double[]>> expected = new HashMap<>();
        for (Map<String, Object> entry : golden) {
            String uid = (String) entry.get("uid");
            int global = registry.globalIndex(registry.rowOf((String) entry.get("feature_uid")));
            String group = group(pointers.get(uid), column);
            if (group == null) {
                continue;
            }
            Set<Integer> features = measured.computeIfAbsent(group, g -> {
                Set<Integer> set = new HashSet<>();
                for (int feature : view.remap(view.dataset(space.name(), g).layoutUid())) {
                    set.add(feature);
                }
                return set;
            });
            double[] values = new double[layers.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = ((Number) entry.get(layers.get(i).name())).doubleValue();
            }
            if (!features.contains(global)) {
                assertThat(values)
                        .as("what was not measured is zero in the original")
                        .containsOnly(0);
                continue;
            }
            Map<Integer, double[]> cell = expected.computeIfAbsent(uid, u -> new TreeMap<>());
            double[] sums = cell.computeIfAbsent(global, g -> new double[layers.size()]);
            for (int i = 0; i < values.length; i++) {
                sums[i] += values[i];
            }
        }
        for (String uid : uids) {
            Map<Integer, double[]> wanted = expected.getOrDefault(uid, Map.of());
            Map<Integer, Number[]> got = actual.get(uid);
            assertThat(got.keySet()).as("features of " + uid).isEqualTo(wanted.keySet());
            wanted.forEach((feature, values) -> {
                for (int i = 0; i < values.length; i++) {
                    assertThat(got.get(feature)[i].doubleValue())
                            .as("%s, feature %s, layer %s", uid, feature, layers.get(i))
                            .isEqualTo(values[i]);
                }
            });
        }
    }

    @Test
    void edgeCasesGiveWhatIsStored() throws IOException {
        JsonNode results = JSON.readTree(
                        Shared.golden("edge_cases", "edge_cases.json").toFile())
                .path("to_anndata");
        Map<String, Map<String, Object>> pointers = pointers("edge_cases", 0);
        AtlasView view = view("edge_cases", 0);
        for (Map.Entry<String, JsonNode> result : results.properties()) {
            JsonNode answer = result.getValue();
            boolean unreadable =
                    result.getKey().equals("large_counts") || result.getKey().equals("negative_counts");
            if (answer.path("error").isNull() && !unreadable) {
                List<String> uids = new ArrayList<>();
                answer.path("obs").forEach(uid -> uids.add(uid.asText()));
                CellBlock block = edgeBlock(view, uids, pointers);
                for (int row = 0; row < uids.size(); row++) {
                    assertThat(Blocks.row(block, row, 0))
                            .as(uids.get(row))
                            .isEqualTo(csrRow(answer, row, view.registry("gene_expression")));
                }
            }
        }
        assertThat(Blocks.row(edgeBlock(view, List.of("only_index_zero-0"), pointers), 0, 0))
                .as("a shard that is not stored holds the fill value")
                .hasSize(1);
        assertThat(Blocks.row(edgeBlock(view, List.of("only_zero_values-0"), pointers), 0, 0))
                .as("explicit zeros are kept")
                .isNotEmpty()
                .allSatisfy((feature, value) -> assertThat(value).isEqualTo(0L));
        assertThatThrownBy(() -> edgeBlock(view, List.of("large_counts-0", "large_counts-1"), pointers))
                .isInstanceOf(HoxException.class)
                .hasMessageContaining("large_counts-0")
                .hasMessageContaining("'counts'")
                .hasMessageContaining("2147483648");
    }

    private static CellBlock edgeBlock(AtlasView view, List<String> uids, Map<String, Map<String, Object>> pointers) {
        FeatureSpace space = view.space("gene_expression");
        GroupReaders groups = GroupReaders.of(
                view,
                space,
                FeatureAxis.everything(),
                List.of(LayerColumn.of(view.layerTypes(space).get(0))));
        return groups.cells().read(batch(view.pointers(null).get(0), uids, pointers));
    }

    private static Map<Integer, Number> csrRow(JsonNode csr, int row, Registry registry) {
        Map<Integer, Number> entries = new TreeMap<>();
        for (int k = csr.path("indptr").get(row).asInt();
                k < csr.path("indptr").get(row + 1).asInt();
                k++) {
            String feature =
                    csr.path("var").get(csr.path("indices").get(k).asInt()).asText();
            long value = csr.path("counts").get(k).asLong();
            entries.merge(
                    registry.globalIndex(registry.rowOf(feature)), value, (a, b) -> a.longValue() + b.longValue());
        }
        return entries;
    }

    private static AtlasView view(String atlas, int version) {
        return VIEWS.computeIfAbsent(atlas + version, key -> {
            AtlasUri uri = AtlasUri.resolve(Shared.atlas(atlas).toString(), null);
            try (Atlas opened = Atlas.open(uri, Map.of())) {
                return opened.view(opened.snapshot(version));
            }
        });
    }

    @AfterAll
    static void close() {
        VIEWS.values().forEach(AtlasView::close);
        VIEWS.clear();
    }
}
