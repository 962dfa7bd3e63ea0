package dev.stele.server.client;

import java.lang.reflect.InvocationTargetException;
import kotlin.Result;
import kotlin.ResultKt;
import kotlin.coroutines.Continuation;
import kotlin.coroutines.EmptyCoroutineContext;
import kotlinx.coroutines.BuildersKt;

/** Calls suspending functions of Kotlin from Java, and waits for what they give. */
final class Suspending {
  private Suspending() {}

  /** A call that hands on the continuation, as its last argument. */
  @FunctionalInterface
  interface Call {
    Object with(Continuation<Object> continuation);
  }

  /** Waits for a value, or throws what the call failed with. */
  static Object await(Call call) {
    try {
      Object value =
          BuildersKt.runBlocking(
              EmptyCoroutineContext.INSTANCE, (scope, continuation) -> call.with(continuation));
      return unbox(value);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** What a result holds, if the value is one; throws if that is a failure. */
  static Object unbox(Object value) {
    try {
      Object unboxed =
          value instanceof Result<?> ? Result.class.getMethod("unbox-impl").invoke(value) : value;
      ResultKt.throwOnFailure(unboxed);
      return unboxed;
    } catch (InvocationTargetException e) {
      throw new AssertionError(e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(e.getMessage(), e);
    }
  }
}
