/**
 * What the documentation shows: an application with a homeserver in it, and a test that has one.
 * Both run with all other tests.
 */
package dev.stele.example;
