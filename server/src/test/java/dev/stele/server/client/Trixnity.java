package dev.stele.server.client;

import io.ktor.client.engine.HttpClientEngine;
import io.ktor.client.engine.java.Java;
import io.ktor.http.URLUtilsKt;
import java.lang.reflect.Constructor;
import kotlin.Unit;
import net.folivo.trixnity.clientserverapi.client.ClassicAuthProviderFactoryKt;
import net.folivo.trixnity.clientserverapi.client.MatrixAuthProvider;
import net.folivo.trixnity.clientserverapi.client.MatrixClientServerApiClient;
import net.folivo.trixnity.clientserverapi.client.MatrixClientServerApiClientImpl;

/** A Trixnity client without a memory, called from Java. */
final class Trixnity implements AutoCloseable {
  /** The parameters of the client's constructor that are left to their defaults, by bit. */
  private static final int DEFAULTED = 0b1_0111_1100;

  private final MatrixClientServerApiClientImpl api;

  private Trixnity(MatrixClientServerApiClientImpl api) {
    this.api = api;
  }

  static Trixnity as(String url, String accessToken) {
    HttpClientEngine engine = Java.INSTANCE.create(config -> Unit.INSTANCE);
    MatrixAuthProvider auth =
        ClassicAuthProviderFactoryKt.classicInMemory(
            MatrixAuthProvider.Companion,
            accessToken,
            null,
            (logout, continuation) -> Unit.INSTANCE);
    Object[] arguments = new Object[11];
    arguments[0] = URLUtilsKt.Url(url);
    arguments[1] = auth;
    arguments[7] = engine;
    arguments[9] = DEFAULTED;
    for (Constructor<?> each : MatrixClientServerApiClientImpl.class.getConstructors()) {
      if (each.getParameterCount() == arguments.length) {
        try {
          return new Trixnity((MatrixClientServerApiClientImpl) each.newInstance(arguments));
        } catch (ReflectiveOperationException e) {
          throw new LinkageError(e.getMessage(), e);
        }
      }
    }
    throw new AssertionError("Trixnity's constructor has changed");
  }

  MatrixClientServerApiClient api() {
    return api;
  }

  @Override
  public void close() {
    api.close();
  }
}
