package dev.stele.server.settings;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What the operator decided, checked and complete: every setting has its value, given or default.
 * The components mirror the sections of the settings file.
 *
 * @param serverName the name behind the colon of every identifier made here; grammar checked
 * @param publicBaseUrl where clients reach this server, without a trailing slash, when that is not
 *     where it listens
 * @param dataDir the absolute directory below which all state lies
 * @param listeners where the server listens; at least one, no two on the same address
 * @param defaultRoomVersion the version of new rooms whose creator names none
 */
public record Settings(
    String serverName,
    Optional<URI> publicBaseUrl,
    Path dataDir,
    Database database,
    List<Listener> listeners,
    String defaultRoomVersion,
    Registration registration,
    Password password,
    Sessions sessions,
    Presence presence,
    RoomDirectory roomDirectory,
    RateLimits rateLimits,
    Federation federation,
    ApplicationServices applicationServices,
    Optional<Mail> mail,
    Optional<Captcha> captcha,
    Optional<Turn> turn,
    UrlPreviews urlPreviews,
    Log log,
    Optional<Tracing> tracing,
    Unsafe unsafe) {

  public Settings {
    listeners = List.copyOf(listeners);
  }

  /** The settings of an empty file. */
  public static Settings defaults() {
    return fromYaml("");
  }

  /**
   * Reads the text of a settings file, without environment and flags: for embedding and for tests.
   *
   * @throws SettingsException when a setting is unknown or wrong
   */
  public static Settings fromYaml(String yaml) {
    return new SettingsLoader().yaml("settings", yaml).load().settings();
  }

  /**
   * Where the log is kept.
   *
   * @param url a {@code postgres://} URL; when absent, Stele runs a PostgreSQL of its own below the
   *     data directory
   */
  public record Database(Optional<String> url) {}

  /**
   * The password policy.
   *
   * @param minimumLength in characters
   */
  public record Password(int minimumLength) {}

  /**
   * How long tokens are valid.
   *
   * @param plainTokenLifetime access tokens of clients that do not refresh them; absent for ever
   * @param refreshableTokenLifetime access tokens of clients that do
   * @param loginTokens whether users get tokens to log in with on another device
   * @param loginTokenLifetime those
   */
  public record Sessions(
      Optional<Duration> plainTokenLifetime,
      Duration refreshableTokenLifetime,
      boolean loginTokens,
      Duration loginTokenLifetime) {}

  /** Whether who is online is tracked and told. */
  public record Presence(boolean enabled) {}

  /**
   * The room directory.
   *
   * @param publicOverFederation whether other servers may list it
   * @param anyoneMayPublish whether users other than administrators may publish rooms in it
   */
  public record RoomDirectory(boolean publicOverFederation, boolean anyoneMayPublish) {}

  /** Whether callers are slowed down. */
  public record RateLimits(boolean enabled) {}

  /** The registration files of application services. */
  public record ApplicationServices(List<Path> files) {
    public ApplicationServices {
      files = List.copyOf(files);
    }
  }

  /** The SMTP server that outgoing mail is handed to, and whom it is from. */
  public record Mail(String host, int port, String from) {}

  /** The captcha service asked for at registration. */
  public record Captcha(URI verifyUrl, String publicKey, String privateKey) {}

  /**
   * The TURN servers that clients are told about.
   *
   * @param sharedSecret the secret shared with them
   * @param lifetime how long credentials for them are valid
   */
  public record Turn(List<String> uris, String sharedSecret, Duration lifetime) {
    public Turn {
      uris = List.copyOf(uris);
    }
  }

  /** Whether the server fetches previews of links for its users. */
  public record UrlPreviews(boolean enabled) {}

  /**
   * What is written to standard output.
   *
   * @param level the least severe level that is written
   * @param format how a line looks
   * @param requests whether each request is written, at level {@code info}
   */
  public record Log(Level level, Format format, boolean requests) {
    /** Severities, most severe first. */
    public enum Level {
      ERROR,
      WARN,
      INFO,
      DEBUG,
      TRACE
    }

    /** How lines look. */
    public enum Format {
      /** Made for eyes. */
      TEXT,
      /** A JSON object each. */
      JSON
    }
  }

  /**
   * Where traces of requests go.
   *
   * @param endpoint the OpenTelemetry collector's address for OTLP over HTTP
   * @param samplePercent how many of a hundred requests are traced
   */
  public record Tracing(URI endpoint, int samplePercent) {}

  /** Switches that weaken security; all are off by default. */
  public record Unsafe(
      boolean disableRateLimits,
      boolean allowPrivateAddresses,
      boolean insecureOutboundTls,
      boolean cheapPasswordHashing,
      boolean noPasswordPolicy) {}
}
