package dev.stele.server.cli;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.util.concurrent.TimeUnit;

/** The Vert.x of a process that is Stele and nothing else. */
final class VertxProcess {
  /** How long a handler may take before it is reported, in milliseconds; for tests. */
  private static final String BLOCKED_THREAD_LIMIT = "stele.blockedThreadLimit";

  private VertxProcess() {}

  static Vertx start() {
    // Names resolve as everywhere else on the machine, /etc/hosts included.
    System.setProperty("vertx.disableDnsResolver", "true");
    VertxOptions options =
        new VertxOptions()
            .setPreferNativeTransport(true)
            .setEventLoopPoolSize(Runtime.getRuntime().availableProcessors())
            .setFileSystemOptions(
                new FileSystemOptions()
                    .setFileCachingEnabled(false)
                    .setClassPathResolvingEnabled(false));
    Long limit = Long.getLong(BLOCKED_THREAD_LIMIT);
    if (limit != null) {
      options
          .setBlockedThreadCheckInterval(limit)
          .setMaxEventLoopExecuteTime(limit)
          .setMaxEventLoopExecuteTimeUnit(TimeUnit.MILLISECONDS);
    }
    return Vertx.vertx(options);
  }
}
