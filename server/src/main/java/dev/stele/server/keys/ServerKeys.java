package dev.stele.server.keys;

import com.google.crypto.tink.AccessesPartialKey;
import com.google.crypto.tink.Aead;
import com.google.crypto.tink.Configuration;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import com.google.crypto.tink.signature.Ed25519Parameters;
import com.google.crypto.tink.signature.Ed25519PrivateKey;
import com.google.crypto.tink.signature.SignatureConfig;
import dev.stele.stateres.sign.SigningKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.util.Set;

/**
 * The server's signing key, made at the first start and kept in the folder {@code keys} of the data
 * directory: a Tink keyset, encrypted with a master keyset that lies beside it. Whoever keeps the
 * master file elsewhere, and puts a link in its place, has the signing key encrypted at rest.
 *
 * <p>Reads and writes files: not for event loops.
 */
public final class ServerKeys {
  private static final byte[] PURPOSE = "stele signing key".getBytes(StandardCharsets.UTF_8);
  private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
  private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY_FOLDER =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  private ServerKeys() {}

  /** The signing key below a data directory; makes one if there is none. */
  public static SigningKey signingKey(Path dataDirectory)
      throws IOException, GeneralSecurityException {
    AeadConfig.register();
    SignatureConfig.register();
    Configuration tink = RegistryConfiguration.get();
    Path folder = dataDirectory.resolve("keys");
    if (!Files.isDirectory(folder)) {
      Path unused = Files.createDirectories(folder, OWNER_ONLY_FOLDER);
    }
    Aead master = master(folder.resolve("master.json"), tink);
    Path file = folder.resolve("signing.json");
    if (!Files.exists(file)) {
      KeysetHandle made =
          KeysetHandle.generateNew(
              Ed25519Parameters.create(Ed25519Parameters.Variant.NO_PREFIX), tink);
      write(file, TinkJsonProtoKeysetFormat.serializeEncryptedKeyset(made, master, PURPOSE, tink));
    }
    return signingKey(
        TinkJsonProtoKeysetFormat.parseEncryptedKeyset(
            Files.readString(file), master, PURPOSE, tink));
  }

  @AccessesPartialKey
  private static SigningKey signingKey(KeysetHandle keyset) throws GeneralSecurityException {
    Ed25519PrivateKey key = (Ed25519PrivateKey) keyset.getPrimary().getKey();
    return SigningKey.ofSeed(
        Integer.toHexString(keyset.getPrimary().getId()),
        key.getPrivateKeyBytes().toByteArray(InsecureSecretKeyAccess.get()));
  }

  private static Aead master(Path file, Configuration tink)
      throws IOException, GeneralSecurityException {
    if (!Files.exists(file)) {
      KeysetHandle made = KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM, tink);
      write(
          file,
          TinkJsonProtoKeysetFormat.serializeKeyset(made, tink, InsecureSecretKeyAccess.get()));
    }
    return TinkJsonProtoKeysetFormat.parseKeyset(
            Files.readString(file), tink, InsecureSecretKeyAccess.get())
        .getPrimitive(tink, Aead.class);
  }

  /** Writes a file as a whole or not at all, for its owner alone. */
  private static void write(Path file, String text) throws IOException {
    Path draft =
        Files.createTempFile(file.getParent(), file.getFileName().toString(), null, OWNER_ONLY);
    Path written = Files.writeString(draft, text);
    Path unused = Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
  }
}
