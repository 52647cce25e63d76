package io.hox.source;

import java.io.Closeable;
import java.util.List;

/**
 * What becomes one dataset, open for reading: cells, and one or several modalities of them. Tables are read on first use,
 * matrices are streamed. All failures are {@link io.hox.HoxException}s that name the file and the object in it. Not
 * thread-safe; several readers may open the same source.
 */
public interface Source extends Closeable {
    /** Names the source in messages: its path or URI, with the part of it where it holds several datasets. */
    String name();

    /** The cells' annotations. */
    DataFrame obs();

    /** What was measured of the cells, at least one. */
    List<Modality> modalities();

    @Override
    void close();
}
