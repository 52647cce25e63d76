package io.hox.zarr;

/**
 * What the readers of one scan share: array and group documents, shard indexes. Each is fetched once, also when several
 * tasks ask at the same time. Bounded and thread-safe.
 */
public final class ZarrCache {
    public ZarrCache() {}
}
