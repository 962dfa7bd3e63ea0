/**
 * Real homeservers for tests of whoever talks to one; an artifact of its own, {@code
 * dev.stele:server:testing}. Begin with {@link dev.stele.testing.HomeserverExtension}.
 */
package dev.stele.testing;
