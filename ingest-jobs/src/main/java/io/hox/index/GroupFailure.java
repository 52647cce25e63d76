package io.hox.index;

import java.io.Serializable;

/**
 * Why a group could not be copied.
 *
 * @param group its number in the wave
 * @param message in words
 */
record GroupFailure(int group, String message) implements Serializable {}
