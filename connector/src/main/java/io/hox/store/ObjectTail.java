package io.hox.store;

/** The last bytes of an object (fewer than asked for where the object is shorter) and the size of the whole object. */
public record ObjectTail(ByteSlice bytes, long objectSize) {}
