/** JMH loops over the hot parts of the connector. {@code benchmarks/README.md} has the commands and the figures. */
package io.hox.benchmarks;
