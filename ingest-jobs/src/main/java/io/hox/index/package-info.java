/** The job that makes feature-major copies of sparse groups: cells in, the same entries sorted by feature out. */
package io.hox.index;
