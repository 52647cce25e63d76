/** AnnData's and MuData's ways of storing annotated matrices, in any container, as sources. */
package io.hox.anndata;
