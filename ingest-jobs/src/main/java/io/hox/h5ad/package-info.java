/** Writes AnnData's h5ad files in bounded memory. Knows nothing of Spark. */
package io.hox.h5ad;
