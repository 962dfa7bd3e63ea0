package dev.stele.eventstore.embedded;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * PostgreSQL's programs, unpacked from the archive on the class path into a directory that is named
 * after the archive's content. The directory is complete or absent.
 */
record Binaries(Path home) {

  /** Unpacks the archive below {@code directory} unless that has been done; drops older ones. */
  static Binaries unpackedBelow(Path directory) throws IOException {
    URL archive = archive();
    String name = "bin-" + fingerprint(archive);
    Path home = directory.resolve(name);
    if (!Files.isDirectory(home)) {
      removeOthers(directory);
      Path unfinished = Files.createTempDirectory(directory, "bin-unfinished-");
      unpack(archive, unfinished);
      Files.setPosixFilePermissions(unfinished, PosixFilePermissions.fromString("rwxr-xr-x"));
      Files.move(unfinished, home, StandardCopyOption.ATOMIC_MOVE);
    }
    return new Binaries(home);
  }

  Path program(String name) {
    return home.resolve("bin").resolve(name);
  }

  private static URL archive() {
    String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    String machine = System.getProperty("os.arch", "");
    String resource =
        switch (machine) {
          case "amd64", "x86_64" -> "/postgres-linux-x86_64.txz";
          case "aarch64", "arm64" -> "/postgres-linux-arm_64.txz";
          default -> "";
        };
    URL found =
        system.equals("linux") && !resource.isEmpty() ? Binaries.class.getResource(resource) : null;
    if (found == null) {
      throw new CannotRunPostgres(
          "no embedded PostgreSQL for " + system + " on " + machine + ": set database.url");
    }
    return found;
  }

  /** Names the archive's content without reading it: a jar holds the checksum of each entry. */
  private static String fingerprint(URL archive) throws IOException {
    URLConnection connection = archive.openConnection();
    if (connection instanceof JarURLConnection jar) {
      return Long.toHexString(jar.getJarEntry().getCrc());
    }
    connection.getInputStream().close();
    return Long.toHexString(connection.getContentLengthLong());
  }

  private static void removeOthers(Path directory) throws IOException {
    List<Path> others;
    try (Stream<Path> entries = Files.list(directory)) {
      others = entries.filter(path -> path.getFileName().toString().startsWith("bin-")).toList();
    }
    for (Path other : others) {
      Trees.delete(other);
    }
  }

  private static void unpack(URL archive, Path target) throws IOException {
    try (InputStream compressed = new BufferedInputStream(archive.openStream(), 1 << 16);
        TarArchiveInputStream tar = new TarArchiveInputStream(new XZInputStream(compressed))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        unpack(tar, entry, target);
      }
    }
  }

  private static void unpack(TarArchiveInputStream tar, TarArchiveEntry entry, Path target)
      throws IOException {
    Path path = target.resolve(entry.getName()).normalize();
    if (!path.startsWith(target)) {
      throw new IOException("archive entry outside of its directory: " + entry.getName());
    }
    if (entry.isDirectory()) {
      Files.createDirectories(path);
      return;
    }
    Files.createDirectories(path.getParent());
    if (entry.isSymbolicLink()) {
      Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
    } else {
      Files.copy(tar, path);
      if ((entry.getMode() & 0100) != 0) {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
      }
    }
  }
}
