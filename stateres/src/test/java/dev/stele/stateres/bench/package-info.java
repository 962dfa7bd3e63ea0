/** Benchmarks, run by hand: see the module's README. */
package dev.stele.stateres.bench;
