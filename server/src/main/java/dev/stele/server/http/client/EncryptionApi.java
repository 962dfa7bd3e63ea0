package dev.stele.server.http.client;

import dev.stele.server.account.UserQueues;
import dev.stele.server.encryption.KeyUploads;
import dev.stele.server.http.Bindings;
import dev.stele.server.http.Resource;
import java.util.List;

/** Everything about the public keys of end-to-end encryption, put together. */
final class EncryptionApi implements Resource {
  private final List<Resource> resources;

  EncryptionApi(AccountServices services, UserQueues queues) {
    KeyUploads uploads =
        new KeyUploads(
            services.vertx(),
            services.log(),
            services.encryptionKeys(),
            services.accounts(),
            queues);
    this.resources = List.of(new KeyUploadResource(uploads));
  }

  @Override
  public void bind(Bindings bindings) {
    resources.forEach(resource -> resource.bind(bindings));
  }
}
