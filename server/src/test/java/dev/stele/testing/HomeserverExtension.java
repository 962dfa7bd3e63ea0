package dev.stele.testing;

import dev.stele.testing.TestHomeserver.Account;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives a test class a homeserver of its own: started before the first test, ended after the last.
 *
 * <p>Either as a static field, by which several servers may be had at once:
 *
 * <pre>{@code
 * @RegisterExtension static final HomeserverExtension stele = new HomeserverExtension();
 * }</pre>
 *
 * <p>or by {@code @ExtendWith(HomeserverExtension.class)} and a parameter of type {@link
 * TestHomeserver} of a test or of a method that prepares tests. Nested classes share the server of
 * the class around them.
 */
public final class HomeserverExtension
    implements BeforeAllCallback, AfterAllCallback, ParameterResolver {
  private final String settings;
  private volatile TestHomeserver current;

  /** A server with the settings of {@link TestHomeserver}. */
  public HomeserverExtension() {
    this("");
  }

  /**
   * A server with settings of one's own.
   *
   * @param moreSettings as {@link TestHomeserver#start(String)} takes them
   */
  public HomeserverExtension(String moreSettings) {
    this.settings = moreSettings;
  }

  /** The running server of a class, and the class that ends it. */
  private record Running(TestHomeserver server, String owner) {}

  @Override
  public void beforeAll(ExtensionContext context) {
    Store store = store(context);
    Running running = store.get(Running.class, Running.class);
    if (running == null) {
      running = new Running(TestHomeserver.start(settings), context.getUniqueId());
      store.put(Running.class, running);
    }
    current = running.server;
  }

  @Override
  public void afterAll(ExtensionContext context) {
    Store store = store(context);
    Running running = store.get(Running.class, Running.class);
    if (running != null && running.owner.equals(context.getUniqueId())) {
      store.remove(Running.class);
      current = null;
      running.server.close();
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType().equals(TestHomeserver.class);
  }

  @Override
  public TestHomeserver resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return server();
  }

  /**
   * The server.
   *
   * @throws IllegalStateException if the extension is a field that is not static, or no test runs
   */
  public TestHomeserver server() {
    TestHomeserver running = current;
    if (running == null) {
      throw new IllegalStateException(
          "no homeserver runs: it runs while tests of a class do whose extension is registered by"
              + " a static field or by @ExtendWith");
    }
    return running;
  }

  /** Where clients reach the server. */
  public String url() {
    return server().url();
  }

  /** Makes a user; see {@link TestHomeserver#register}. */
  public Account register(String localpart) {
    return server().register(localpart);
  }

  private Store store(ExtensionContext context) {
    return context.getStore(Namespace.create(HomeserverExtension.class, this));
  }
}
