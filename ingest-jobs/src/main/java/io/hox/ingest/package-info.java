/** Jobs that write datasets into an atlas: source files in, Zarr groups and cell rows out, one commit at the end. */
package io.hox.ingest;
