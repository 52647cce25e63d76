package io.hox.cli;

import io.hox.HoxException;
import io.hox.ingest.DatasetReport;
import io.hox.ingest.DatasetRequest;
import io.hox.ingest.ModalityRequest;
import io.hox.inputs.InputFinder;
import io.hox.inputs.Manifest;
import io.hox.source.SourceRef;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** The datasets that a command line asks for. A path that leads to none does not keep the others out. */
final class IngestInputs {
    private final IngestArguments arguments;
    private final Function<String, Map<String, String>> storage;
    private final Map<SourceRef, DatasetRequest> requests = new LinkedHashMap<>();
    /** One for each dataset found, null, and one for each path that leads to none, its failure. */
    private final List<DatasetReport> slots = new ArrayList<>();

    private final List<String> notes = new ArrayList<>();

    /** @param storage settings for a path */
    IngestInputs(IngestArguments arguments, Function<String, Map<String, String>> storage) {
        this.arguments = arguments;
        this.storage = storage;
    }

    /** Looks behind paths and the manifest. */
    IngestInputs find(List<String> paths) {
        for (String path : paths) {
            add(path, arguments.datasetUid, null);
        }
        if (arguments.manifest != null) {
            for (Manifest.Entry entry : Manifest.read(arguments.manifest, storage.apply(arguments.manifest))) {
                add(entry.file(), entry.datasetUid(), entry);
            }
        }
        return this;
    }

    /** What can be tried, in the order of the command line. */
    List<DatasetRequest> requests() {
        return List.copyOf(requests.values());
    }

    /** Reports of the requests together with those of the paths that lead to nothing, in the order of the command line. */
    List<DatasetReport> complete(List<DatasetReport> ofRequests) {
        List<DatasetReport> complete = new ArrayList<>();
        Iterator<DatasetReport> next = ofRequests.iterator();
        for (DatasetReport failure : slots) {
            complete.add(failure == null ? next.next() : failure);
        }
        return complete;
    }

    /** What the user should know of the search. */
    List<String> notes() {
        return notes;
    }

    private void add(String path, String datasetUid, Manifest.Entry entry) {
        InputFinder finder = new InputFinder(storage);
        try {
            finder.add(path);
        } catch (HoxException e) {
            slots.add(DatasetReport.failed(path, datasetUid == null ? "" : datasetUid, e.getMessage()));
            return;
        }
        if (finder.ignored() != null) {
            notes.add(path + ": " + finder.ignored());
        }
        if (datasetUid != null && finder.found().size() > 1) {
            throw arguments.misused("the dataset uid " + datasetUid + " can name one dataset only, but " + path
                    + " holds " + finder.found().size() + "; leave it out to derive each uid from the content");
        }
        for (SourceRef source : finder.found()) {
            if (!requests.containsKey(source)) {
                requests.put(source, request(source, datasetUid, entry));
                slots.add(null);
            }
        }
    }

    private DatasetRequest request(SourceRef source, String datasetUid, Manifest.Entry entry) {
        return new DatasetRequest(
                source,
                datasetUid,
                modalities(entry),
                merged(arguments.obs(), entry == null ? Map.of() : entry.obs()),
                merged(arguments.obsValues(), entry == null ? Map.of() : entry.obsValues()),
                merged(arguments.datasetColumns(), entry == null ? Map.of() : entry.dataset()));
    }

    private Map<String, ModalityRequest> modalities(Manifest.Entry entry) {
        Map<String, Map<String, String>> layers = byModality(arguments.layers());
        Map<String, String> fields = arguments.fields();
        Map<String, String> keys = arguments.featureKeys();
        if (entry != null) {
            layers.putAll(byModality(entry.layers()));
            fields = merged(fields, entry.fields());
            keys = entry.featureKey() == null ? keys : merged(keys, Map.of("", entry.featureKey()));
        }
        Set<String> named = new LinkedHashSet<>(layers.keySet());
        named.addAll(fields.keySet());
        named.addAll(keys.keySet());
        Map<String, ModalityRequest> modalities = new LinkedHashMap<>();
        for (String name : named) {
            // What is said of all modalities holds for a named one, but for the field: each needs its own.
            Map<String, String> ofAll = layers.getOrDefault("", Map.of());
            modalities.put(
                    name.isEmpty() ? DatasetRequest.ANY : name,
                    ModalityRequest.of(
                            fields.get(name), layers.getOrDefault(name, ofAll), keys.getOrDefault(name, keys.get(""))));
        }
        arguments.skipped.forEach(name -> modalities.put(name, ModalityRequest.SKIP));
        return modalities;
    }

    /** Splits {@code MODALITY:FROM}; a layer's own name comes behind a slash and may hold colons. */
    private static Map<String, Map<String, String>> byModality(Map<String, String> layers) {
        Map<String, Map<String, String>> byModality = new LinkedHashMap<>();
        layers.forEach((from, to) -> {
            int colon = from.indexOf(':');
            int slash = from.indexOf('/');
            boolean named = colon > 0 && (slash < 0 || colon < slash);
            byModality
                    .computeIfAbsent(named ? from.substring(0, colon) : "", name -> new LinkedHashMap<>())
                    .put(named ? from.substring(colon + 1) : from, to);
        });
        return byModality;
    }

    private static Map<String, String> merged(Map<String, String> general, Map<String, String> special) {
        Map<String, String> merged = new LinkedHashMap<>(general);
        merged.putAll(special);
        return merged;
    }
}
