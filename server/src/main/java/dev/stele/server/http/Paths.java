package dev.stele.server.http;

/** Which paths are Stele's own, known or not; all others may be an embedding application's. */
final class Paths {
  private Paths() {}

  static boolean belongToMatrix(String path) {
    return path.startsWith("/_matrix/")
        || path.startsWith("/_synapse/")
        || path.startsWith("/.well-known/matrix/")
        || path.equals("/_matrix");
  }
}
