/**
 * Objects of local directories and Hadoop file systems: checked keys, planned and counted ranged reads, atomic writes.
 */
package io.hox.store;
