package io.hox.store;

/** The last bytes of an object (fewer than asked for where the object is shorter) and the object itself. */
public record ObjectTail(ByteSlice bytes, StoredObject object) {}
