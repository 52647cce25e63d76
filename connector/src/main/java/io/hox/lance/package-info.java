/**
 * Lance tables: open at a version, filtered and projected scans, parallel append with one commit, merge, indexes, tags.
 *
 * <p>Nothing here knows what an atlas is. The native library's errors leave this package as {@link io.hox.HoxException}
 * that names the table, the filter and the remedy.
 */
package io.hox.lance;
