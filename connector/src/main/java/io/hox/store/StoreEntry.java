package io.hox.store;

/**
 * What a listing tells of an object or a directory.
 *
 * @param name the last part of its key
 * @param isDirectory whether objects may be below it; a symbolic link is no directory
 * @param size bytes of an object; meaningless for a directory
 * @param modifiedMillis when an object was written or something was last put directly into a directory, in milliseconds
 *     since 1970; the present time for directories of object stores, which have none
 */
public record StoreEntry(String name, boolean isDirectory, long size, long modifiedMillis) {}
