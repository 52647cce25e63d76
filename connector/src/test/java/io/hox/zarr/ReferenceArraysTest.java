package io.hox.zarr;

import static org.assertj.core.api.Assertions.assertThat;

import io.hox.store.ObjectStore;
import io.hox.testing.Shared;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Arrays that homeobox and lancell wrote, against what zarr-python reads from them. */
class ReferenceArraysTest {

    record Expected(String array, String type, String shape, String digest) {}

    static Stream<String> atlases() throws IOException {
        return lines().map(columns -> columns[0]).distinct();
    }

    private static Stream<String[]> lines() throws IOException {
        try (InputStream in =
                Objects.requireNonNull(ReferenceArraysTest.class.getResourceAsStream("atlas_arrays.tsv"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().map(line -> line.split("\t"));
        }
    }

    @ParameterizedTest
    @MethodSource("atlases")
    void everyArrayReadsAsInZarrPython(String atlas) throws IOException {
        ZarrHierarchy zarr = hierarchy(Shared.atlas(atlas).resolve("zarr_store"));
        List<Expected> actual = new ArrayList<>();
        List<Expected> expected = new ArrayList<>();
        for (String[] line : lines().filter(columns -> columns[0].equals(atlas)).toList()) {
            expected.add(new Expected(line[1], line[2], line[3], line[4]));
            ZarrArray array = zarr.array(line[1]);
            String shape = Arrays.toString(array.shape()).replaceAll("[\\[\\] ]", "");
            actual.add(new Expected(line[1], array.type().zarrName(), shape, Oracle.digest(array.readAll())));
        }
        assertThat(actual).isEqualTo(expected);
    }

    @ParameterizedTest
    @MethodSource("atlases")
    void everyDocumentPrintsAsItWasWritten(String atlas) throws IOException {
        Path root = Shared.atlas(atlas).resolve("zarr_store");
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(f -> f.endsWith("zarr.json")).toList()) {
                byte[] json = Files.readAllBytes(file);
                String text = new String(json, StandardCharsets.UTF_8);
                if (text.contains("\"node_type\": \"array\"")) {
                    ArrayMetadata metadata = ArrayMetadata.parse(json, file.toString());
                    assertThat(new String(metadata.toJson(), StandardCharsets.UTF_8))
                            .isEqualTo(text);
                }
            }
        }
    }

    @Test
    void namesTheArraysAndGroupsOfAGroup() {
        ZarrHierarchy zarr = hierarchy(Shared.atlas("edge_cases").resolve("zarr_store"));
        assertThat(zarr.groupNames("")).containsExactly("edge");
        String group = "edge/duplicates";
        assertThat(zarr.groupExists(group)).isTrue();
        assertThat(zarr.groupNames(group)).contains("csr");
        assertThat(zarr.arrayNames(group + "/csr")).containsExactly("indices");
        assertThat(zarr.groupNames(group + "/csr")).containsExactly("layers");
        assertThat(zarr.arrayNames("no/such/group")).isEmpty();
        assertThat(zarr.arrayOrNull("no/such/array")).isNull();
        assertThat(zarr.arrayOrNull(group)).isNull();
    }

    private static ZarrHierarchy hierarchy(Path root) {
        return new ZarrHierarchy(ObjectStore.open(root.toString(), Map.of()), new ZarrCache());
    }
}
