package io.hox.source;

import java.util.List;
import java.util.Map;

/** A kind of files that datasets can be made of. Implementations hold no state. */
public interface SourceFormat {
    /** A short name for options and messages, such as {@code h5ad}. */
    String name();

    /** Whether a file or directory looks like this format; by its name and its first bytes or the files it has. */
    boolean recognises(SourceLocation location);

    /** The datasets that a file or directory holds, mostly one. */
    List<SourceRef> datasets(SourceLocation location);

    /**
     * Paths or URIs of the files that a dataset is made of, in an order that has nothing to do with their names. Their bytes
     * identify it.
     */
    default List<String> files(SourceRef ref, Map<String, String> options) {
        return List.of(ref.uri());
    }

    /**
     * Opens one of them and reads its structure, no values.
     *
     * @param options settings of the storage, as {@link io.hox.store.ObjectStore#open} takes them
     */
    Source open(SourceRef ref, Map<String, String> options);
}
