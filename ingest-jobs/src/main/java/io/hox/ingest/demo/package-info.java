/** Made-up but realistic single-cell data for demonstrations, tests and benchmarks. */
package io.hox.ingest.demo;
