package dev.stele.server.http;

/** A group of operations. Its handlers run on event loops and must be safe on all of them. */
@FunctionalInterface
public interface Resource {

  /** Says which operations this resource serves, and how. Called once, at start. */
  void bind(Bindings bindings);
}
