package dev.stele.server.client;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Calls functions of Kotlin whose names only Kotlin can say: they are looked up by what comes
 * before the hyphen.
 */
final class Mangled {
  private Mangled() {}

  /** Calls a suspending function of a class or interface, and waits for its result. */
  static <T> T call(
      Class<T> result, Class<?> type, Object target, String name, Object... arguments) {
    Method method =
        Arrays.stream(type.getMethods())
            .filter(each -> each.getName().startsWith(name + "-"))
            .filter(each -> takes(each, arguments))
            .findFirst()
            .orElseThrow();
    return result.cast(
        Suspending.await(
            name,
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
}
