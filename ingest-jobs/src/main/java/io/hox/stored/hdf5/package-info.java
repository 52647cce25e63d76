/** Trees in HDF5 files, read in bounded memory. */
package io.hox.stored.hdf5;
