/**
 * Files that are a tree of groups and arrays, whatever container keeps them, and the matrices that such arrays make. A
 * container implements {@link io.hox.stored.StoredGroup} and {@link io.hox.stored.StoredArray}.
 */
package io.hox.stored;
