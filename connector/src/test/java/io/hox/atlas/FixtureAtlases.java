package io.hox.atlas;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hox.testing.Shared;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/** The reference atlases and their golden answers. */
final class FixtureAtlases {
    private static final ObjectMapper JSON = new ObjectMapper();

    private FixtureAtlases() {}

    static Atlas open(String name) {
        return Atlas.open(AtlasUri.resolve(Shared.atlas(name).toString(), null), Map.of());
    }

    static AtlasView view(String name, long version) {
        try (Atlas atlas = open(name)) {
            return atlas.view(atlas.snapshot(version));
        }
    }

    static JsonNode json(String atlas, String file) {
        try {
            return JSON.readTree(Shared.golden(atlas, file).toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonNode parse(JsonNode text) {
        try {
            return JSON.readTree(text.textValue());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Path golden(String atlas, long version, String file) {
        return Shared.golden(atlas, "v" + version + "/" + file);
    }

    /** Runs a check on every snapshot of an atlas. */
    static void eachSnapshot(String name, BiConsumer<AtlasView, Long> check) {
        List<Snapshot> snapshots = new ArrayList<>();
        try (Atlas atlas = open(name)) {
            snapshots.addAll(atlas.snapshots());
            for (Snapshot snapshot : snapshots) {
                try (AtlasView view = atlas.view(snapshot)) {
                    check.accept(view, snapshot.version());
                }
            }
        }
    }
}
