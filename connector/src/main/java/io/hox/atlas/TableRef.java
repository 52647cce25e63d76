package io.hox.atlas;

import java.io.Serializable;

/**
 * A Lance table at one of its versions.
 *
 * @param name the table's name, without {@code .lance}
 * @param version the Lance version that a snapshot recorded
 */
public record TableRef(String name, long version) implements Serializable {}
