package dev.stele.server.account;

import dev.stele.eventstore.Overloaded;
import dev.stele.server.account.PasswordHash.Cost;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.security.SecureRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Hashes and checks passwords, on threads of its own: one hash takes tens of milliseconds and 19
 * MiB. Thread-safe. Futures fail with {@link Overloaded} when too many passwords wait already.
 */
public final class Passwords {
  private static final int MAX_WAITING = 200;
  private static final int MAX_THREADS = 4;
  private static final int SALT_BYTES = 16;

  private final SecureRandom random = new SecureRandom();
  private final AtomicInteger waiting = new AtomicInteger();
  private final WorkerExecutor workers;
  private final Cost cost;
  private final PasswordHash nobodys;

  /**
   * @param cheap whether hashes may be so cheap that they protect nothing, as tests want them
   */
  public Passwords(Vertx vertx, boolean cheap) {
    int threads = Math.min(MAX_THREADS, Runtime.getRuntime().availableProcessors());
    this.workers = vertx.createSharedWorkerExecutor("stele-passwords", threads);
    this.cost = cheap ? Cost.CHEAP : Cost.RECOMMENDED;
    this.nobodys = PasswordHash.ofNothing(cost, random);
  }

  /** The password's hash in PHC string form, under a new salt. */
  public Future<String> hash(String password) {
    return work(() -> PasswordHash.of(password, cost, salt()).phc());
  }

  /**
   * Whether the password is the one that was hashed. Takes as long when there is no hash to compare
   * with, so that whoever guesses does not learn which accounts exist.
   *
   * @param phc the hash, or null if there is no such account or it has no password
   */
  public Future<Boolean> matches(String password, @Nullable String phc) {
    return work(
        () -> {
          PasswordHash known = phc == null ? null : PasswordHash.parse(phc).orElse(null);
          boolean matches = (known == null ? nobodys : known).matches(password);
          return matches && known != null;
        });
  }

  /** Counts the passwords that wait or are at work. */
  public void monitor(MeterRegistry metrics) {
    Gauge.builder("stele.passwords.waiting", waiting, AtomicInteger::get)
        .description("Passwords that wait to be hashed, or are being hashed")
        .register(metrics);
  }

  /** Gives the threads back. */
  public Future<Void> close() {
    return workers.close();
  }

  private <T> Future<T> work(Callable<T> task) {
    if (waiting.incrementAndGet() > MAX_WAITING) {
      waiting.decrementAndGet();
      return Future.failedFuture(new Overloaded());
    }
    return workers.executeBlocking(task, false).onComplete(done -> waiting.decrementAndGet());
  }

  private byte[] salt() {
    byte[] salt = new byte[SALT_BYTES];
    random.nextBytes(salt);
    return salt;
  }
}
