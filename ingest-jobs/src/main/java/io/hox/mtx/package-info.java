/** Matrices as text, an entry a line: Matrix Market files and bare triplets, plain or gzip-compressed, local or remote. */
package io.hox.mtx;
