/** The result of a query as a file that single-cell tools open. */
package io.hox.export;
