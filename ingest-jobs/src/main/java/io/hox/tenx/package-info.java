/** What 10x Genomics' pipelines write: HDF5 files and directories of three text files; and triplets with such tables. */
package io.hox.tenx;
