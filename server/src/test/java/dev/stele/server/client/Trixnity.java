package dev.stele.server.client;

import io.ktor.client.engine.HttpClientEngine;
import io.ktor.client.engine.java.Java;
import io.ktor.http.URLUtilsKt;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import kotlin.Unit;
import net.folivo.trixnity.clientserverapi.client.ClassicAuthProviderFactoryKt;
import net.folivo.trixnity.clientserverapi.client.MatrixAuthProvider;
import net.folivo.trixnity.clientserverapi.client.MatrixClientServerApiClient;
import net.folivo.trixnity.clientserverapi.client.MatrixClientServerApiClientImpl;

/**
 * A Trixnity client, called from Java. Its suspending functions have names that only Kotlin can
 * say, so they are looked up by what comes before the hyphen.
 */
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

  /** Calls a function of one of the client's interfaces, and waits for its result. */
  <T> T call(Class<T> result, Class<?> type, Object target, String name, Object... arguments) {
    Method method =
        Arrays.stream(type.getMethods())
            .filter(each -> each.getName().startsWith(name + "-"))
            .filter(each -> takes(each, arguments))
            .findFirst()
            .orElseThrow();
    return result.cast(
        Suspending.await(
            continuation -> {
              List<Object> all = new ArrayList<>(Arrays.asList(arguments));
              all.add(continuation);
              return invoke(method, target, all.toArray());
            }));
  }

  /**
   * What a getter gives: for classes that javac cannot read, and for getters whose names go on
   * after a hyphen.
   */
  static Object get(Object target, String name) {
    String getter = "get" + Character.toUpperCase(name.charAt(0)) + name.substring(1);
    Method method =
        Arrays.stream(target.getClass().getMethods())
            .filter(each -> each.getParameterCount() == 0 && each.getReturnType() != void.class)
            .filter(each -> each.getName().split("-", 2)[0].equals(getter))
            .findFirst()
            .orElseThrow();
    return invoke(method, target, new Object[0]);
  }

  private static Object invoke(Method method, Object target, Object[] arguments) {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw new AssertionError(e.getCause());
    } catch (IllegalAccessException e) {
      throw new LinkageError(e.getMessage(), e);
    }
  }

  private static boolean takes(Method method, Object[] arguments) {
    Class<?>[] types = method.getParameterTypes();
    if (types.length != arguments.length + 1) {
      return false;
    }
    for (int i = 0; i < arguments.length; i++) {
      if (arguments[i] != null && !types[i].isPrimitive() && !types[i].isInstance(arguments[i])) {
        return false;
      }
    }
    return true;
  }

  @Override
  public void close() {
    api.close();
  }
}
