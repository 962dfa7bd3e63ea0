package dev.stele.server.cli;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;

/**
 * Takes SIGTERM and SIGINT over from the JVM, which would end with a status of its own and run
 * shutdown hooks in no order. Java's one way is {@code sun.misc.Signal}, which module {@code
 * jdk.unsupported} exports for want of another; compilers warn of it, hence the reflection.
 */
final class ProcessSignals {
  private ProcessSignals() {}

  static void handle(Runnable stop) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
      InvocationHandler run =
          (proxy, method, arguments) -> {
            stop.run();
            return null;
          };
      Object handler =
          Proxy.newProxyInstance(
              ProcessSignals.class.getClassLoader(), new Class<?>[] {handlerType}, run);
      for (String name : new String[] {"TERM", "INT"}) {
        signal
            .getMethod("handle", signal, handlerType)
            .invoke(null, signal.getConstructor(String.class).newInstance(name), handler);
      }
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("this Java cannot handle signals", e);
    }
  }
}
