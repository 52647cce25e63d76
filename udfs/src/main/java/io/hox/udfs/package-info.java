/** SQL functions over the cells of an atlas. */
package io.hox.udfs;
