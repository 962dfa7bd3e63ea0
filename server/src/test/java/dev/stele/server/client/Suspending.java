package dev.stele.server.client;

import java.lang.reflect.InvocationTargetException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.function.Supplier;
import kotlin.Result;
import kotlin.ResultKt;
import kotlin.coroutines.Continuation;
import kotlin.coroutines.EmptyCoroutineContext;
import kotlinx.coroutines.BuildersKt;
import kotlinx.coroutines.flow.Flow;
import kotlinx.coroutines.flow.FlowKt;
import org.jspecify.annotations.Nullable;

/** Calls suspending functions of Kotlin from Java, and waits for what they give, not for ever. */
final class Suspending {
  private static final long NUDGE_SECONDS = 5;
  private static final int NUDGES = 12;

  private Suspending() {}

  /** A call that hands on the continuation, as its last argument. */
  @FunctionalInterface
  interface Call {
    Object with(Continuation<Object> continuation);
  }

  /**
   * Waits for a value, or throws what the call failed with.
   *
   * @param what what is waited for, in case that it does not come
   */
  static Object await(String what, Call call) {
    return await(() -> what, call, () -> {});
  }

  private static Object await(Supplier<String> what, Call call, Runnable nudge) {
    FutureTask<Object> task =
        new FutureTask<>(
            () ->
                BuildersKt.runBlocking(
                    EmptyCoroutineContext.INSTANCE,
                    (scope, continuation) -> call.with(continuation)));
    Thread thread = new Thread(task, "awaits Kotlin");
    thread.setDaemon(true);
    thread.start();
    try {
      for (int nudges = 1; nudges < NUDGES; nudges++) {
        try {
          return unbox(task.get(NUDGE_SECONDS, TimeUnit.SECONDS));
        } catch (TimeoutException e) {
          nudge.run();
        }
      }
      return unbox(task.get(NUDGE_SECONDS, TimeUnit.SECONDS));
    } catch (TimeoutException e) {
      task.cancel(true);
      throw new AssertionError("not within " + NUDGES * NUDGE_SECONDS + " s: " + what.get(), e);
    } catch (ExecutionException e) {
      throw new AssertionError(what.get() + ": " + e.getCause(), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(what.get(), e);
    }
  }

  /** Waits for the first value of a flow that is wanted. Values may be null. */
  static Object first(String what, Flow<?> flow, Predicate<Object> wanted) {
    return first(what, flow, wanted, () -> {});
  }

  /**
   * The same.
   *
   * @param nudge what is done every few seconds as long as the value has not come
   */
  @SuppressWarnings({"unchecked", "rawtypes"}) // Continuations take whatever the functions give.
  static Object first(String what, Flow<?> flow, Predicate<Object> wanted, Runnable nudge) {
    AtomicReference<Object> last = new AtomicReference<>("nothing");
    return await(
        () -> what + ", and was given " + last,
        continuation ->
            FlowKt.first(
                flow,
                (value, also) -> {
                  last.set(value);
                  return wanted.test(value);
                },
                (Continuation) continuation),
        nudge);
  }

  /** Waits for the first value of a flow that is of a class. */
  static <T> T first(Flow<?> flow, Class<T> wanted) {
    return wanted.cast(first(wanted.getSimpleName(), flow, wanted::isInstance));
  }

  /** What a result holds, if the value is one; null if that is a failure. */
  static @Nullable Object unboxOrNull(Object value) {
    try {
      return unbox(value);
    } catch (Exception e) {
      return null;
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
