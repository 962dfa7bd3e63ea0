package dev.stele.server.http.client;

import dev.stele.server.account.SessionTokens;
import dev.stele.server.account.UserQueues;
import dev.stele.server.backup.KeyBackups;
import dev.stele.server.encryption.CrossSigningUploads;
import dev.stele.server.encryption.DehydratedDevices;
import dev.stele.server.encryption.KeyClaims;
import dev.stele.server.encryption.KeyQueries;
import dev.stele.server.encryption.KeyUploads;
import dev.stele.server.encryption.SignatureUploads;
import dev.stele.server.http.Bindings;
import dev.stele.server.http.Resource;
import java.util.List;

/** Everything about the public keys of end-to-end encryption, put together. */
final class EncryptionApi implements Resource {
  private final List<Resource> resources;

  EncryptionApi(
      AccountServices services,
      UserQueues queues,
      UserConfirmation confirmation,
      SessionTokens tokens) {
    KeyUploads uploads =
        new KeyUploads(
            services.vertx(),
            services.log(),
            services.encryptionKeys(),
            services.accounts(),
            queues);
    KeyQueries queries = new KeyQueries(services.encryptionKeys(), services.accounts());
    KeyClaims claims = new KeyClaims(services.log(), services.encryptionKeys(), services.meters());
    KeyBackups backups = new KeyBackups(services.log(), services.backups(), queues);
    this.resources =
        List.of(
            new KeyUploadResource(uploads),
            new KeyQueryResource(services.settings().serverName(), queries, claims),
            crossSigning(services, queues, confirmation),
            new DehydratedDeviceResource(
                new DehydratedDevices(services.log(), services.accounts(), tokens, uploads, queues),
                services.inboxes(),
                services.log()),
            new BackupVersionResource(backups, services.backups()),
            new BackupKeysResource(backups, services.backups()));
  }

  private static Resource crossSigning(
      AccountServices services, UserQueues queues, UserConfirmation confirmation) {
    return new CrossSigningResource(
        new CrossSigningUploads(
            services.vertx(),
            services.log(),
            services.encryptionKeys(),
            services.accounts(),
            queues),
        new SignatureUploads(services.vertx(), services.log(), services.encryptionKeys(), queues),
        confirmation);
  }

  @Override
  public void bind(Bindings bindings) {
    resources.forEach(resource -> resource.bind(bindings));
  }
}
