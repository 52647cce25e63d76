package io.hox.atlas;

import io.hox.HoxException;
import io.hox.lance.LanceTable;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/** The registries of a snapshot, each read once. */
final class Registries {
    private final Snapshot snapshot;
    private final Function<TableRef, LanceTable> open;
    private final Map<TableRef, Registry> read = new HashMap<>();

    /** @param open gives a table, which this class doesn't close */
    Registries(Snapshot snapshot, Function<TableRef, LanceTable> open) {
        this.snapshot = snapshot;
        this.open = open;
    }

    /** Memory held, about. */
    long bytes() {
        long bytes = 0;
        synchronized (read) {
            for (Registry registry : read.values()) {
                bytes += registry.bytes();
            }
        }
        return bytes;
    }

    Registry registry(String featureSpace) {
        TableRef ref = table(featureSpace);
        synchronized (read) {
            return read.computeIfAbsent(ref, r -> new RegistryReader(open.apply(r)).read());
        }
    }

    /** @throws HoxException when the space has no registry, or spaces that share one pin different versions */
    TableRef table(String featureSpace) {
        TableRef ref = snapshot.registries().get(featureSpace);
        if (ref == null) {
            throw new HoxException("feature space '" + featureSpace + "' has no registry at version "
                    + snapshot.version() + " of the atlas " + snapshot.uri().root() + "; spaces with one are: "
                    + String.join(", ", snapshot.registries().keySet()));
        }
        for (Map.Entry<String, TableRef> other : snapshot.registries().entrySet()) {
            if (other.getValue().name().equals(ref.name()) && other.getValue().version() != ref.version()) {
                throw new HoxException("version " + snapshot.version() + " of the atlas "
                        + snapshot.uri().root()
                        + " pins the registry " + ref.name() + " at version " + ref.version() + " for '" + featureSpace
                        + "' and at " + other.getValue().version() + " for '" + other.getKey()
                        + "', which share it. Take a new snapshot with 'hox snapshot'");
            }
        }
        return ref;
    }
}
