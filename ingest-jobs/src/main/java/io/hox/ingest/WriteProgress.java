package io.hox.ingest;

/** Told by a task what it wrote. */
@FunctionalInterface
interface WriteProgress {
    void wrote(long cells, long entries);
}
