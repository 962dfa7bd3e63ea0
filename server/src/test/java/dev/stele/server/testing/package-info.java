/** A real server process for tests: start at {@link dev.stele.server.testing.ServerProcess}. */
package dev.stele.server.testing;
