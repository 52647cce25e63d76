/** Trees in Zarr stores, versions 2 and 3, directories and zip archives, local or remote. */
package io.hox.stored.zarr;
