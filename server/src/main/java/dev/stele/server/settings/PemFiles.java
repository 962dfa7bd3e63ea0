package dev.stele.server.settings;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;

/** Checks the files of certificates and keys when the settings are loaded, not at first use. */
final class PemFiles {
  private PemFiles() {}

  /** A file of one or more X.509 certificates. */
  static Path certificates(Node node) {
    Path file = ValueTypes.PATH.read(node);
    try {
      InputStream in = new ByteArrayInputStream(Files.readAllBytes(file));
      if (CertificateFactory.getInstance("X.509").generateCertificates(in).isEmpty()) {
        throw ValueTypes.wrong(node, "a PEM file of certificates");
      }
      return file;
    } catch (IOException e) {
      throw unreadable(node, e);
    } catch (CertificateException e) {
      throw ValueTypes.wrong(node, "a PEM file of certificates");
    }
  }

  /** A file of a private key in PKCS#8 form, not encrypted. */
  static Path privateKey(Node node) {
    Path file = ValueTypes.PATH.read(node);
    try {
      String text = Files.readString(file, StandardCharsets.ISO_8859_1);
      if (!text.contains("-----BEGIN PRIVATE KEY-----")) {
        throw ValueTypes.wrong(
            node, "a PEM file of a PKCS#8 key; 'openssl pkcs8 -topk8 -nocrypt' converts others");
      }
      return file;
    } catch (IOException e) {
      throw unreadable(node, e);
    }
  }

  private static SettingsException unreadable(Node node, IOException e) {
    return ValueTypes.wrong(
        node, e instanceof NoSuchFileException ? "a file that exists" : "a file that can be read");
  }
}
