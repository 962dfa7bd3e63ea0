package dev.stele.api;

/** The HTTP methods that operations of the Matrix APIs use. */
public enum Method {
  GET,
  POST,
  PUT,
  DELETE
}
