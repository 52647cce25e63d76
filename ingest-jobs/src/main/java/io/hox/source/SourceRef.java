package io.hox.source;

import java.io.Serializable;

/**
 * Where a source is, for those who open it elsewhere again.
 *
 * @param format name of its {@link SourceFormat}
 * @param uri path or URI of the file or directory
 * @param part the dataset within it, such as a genome; empty where it holds one
 */
public record SourceRef(String format, String uri, String part) implements Serializable {
    /** How messages name it. */
    @Override
    public String toString() {
        return part.isEmpty() ? uri : uri + " (" + part + ")";
    }
}
