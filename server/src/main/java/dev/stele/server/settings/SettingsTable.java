package dev.stele.server.settings;

import static dev.stele.server.settings.ValueTypes.ADDRESS_RANGE;
import static dev.stele.server.settings.ValueTypes.DATABASE_URL;
import static dev.stele.server.settings.ValueTypes.DURATION;
import static dev.stele.server.settings.ValueTypes.FLAG;
import static dev.stele.server.settings.ValueTypes.LEVEL;
import static dev.stele.server.settings.ValueTypes.LOG_FORMATS;
import static dev.stele.server.settings.ValueTypes.PATH;
import static dev.stele.server.settings.ValueTypes.PORT;
import static dev.stele.server.settings.ValueTypes.ROOM_VERSION;
import static dev.stele.server.settings.ValueTypes.SERVER_NAME;
import static dev.stele.server.settings.ValueTypes.TEXT;
import static dev.stele.server.settings.ValueTypes.URL;
import static dev.stele.server.settings.ValueTypes.listOf;
import static dev.stele.server.settings.ValueTypes.mapTo;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Every setting there is, in the order in which operators read them. */
final class SettingsTable {
  static final Setting<String> NAME =
      Setting.of(
          "server_name",
          SERVER_NAME,
          "localhost",
          "The name behind the colon of every user and room made here. It cannot change later.");
  static final Setting<URI> PUBLIC_BASE_URL =
      Setting.optional(
          "public_base_url",
          URL,
          "where it listens",
          "Where clients reach this server, when that is not where it listens.");
  static final Setting<Path> DATA_DIR =
      Setting.of(
          "data_dir",
          PATH,
          "./data",
          "The directory below which all state lies; relative to the working directory.");
  static final Setting<String> DATABASE =
      Setting.optional(
              "database.url",
              DATABASE_URL,
              "embedded PostgreSQL",
              "An empty PostgreSQL database of your own, in which Stele makes its schema.")
          .secret();
  static final Setting<List<Listener>> LISTENERS =
      Setting.of(
          "listeners",
          ListenerType.LISTENERS,
          "[{bind: 127.0.0.1, port: 8008}]",
          "Where the server listens. Each serves every API unless it names its resources.");
  static final Setting<String> DEFAULT_ROOM_VERSION =
      Setting.of(
          "default_room_version",
          ROOM_VERSION,
          "12",
          "The version of new rooms whose creator names none.");

  static final Setting<Boolean> REGISTRATION =
      Setting.optional(
          "registration.enabled",
          FLAG,
          "on loopback listeners only",
          "Whether anybody may make an account.");
  static final Setting<String> SHARED_SECRET =
      Setting.optional(
              "registration.shared_secret",
              TEXT,
              "off",
              "Who knows it may register users, administrators included, through"
                  + " /_synapse/admin/v1/register.")
          .secret();
  static final Setting<Boolean> REQUIRE_TOKEN =
      Setting.of(
              "registration.require_token",
              FLAG,
              "false",
              "Whether making an account takes a registration token.")
          .planned();
  static final Setting<Boolean> GUESTS =
      Setting.of("registration.guests", FLAG, "false", "Whether guest accounts may be made.")
          .planned();
  static final Setting<Integer> MINIMUM_LENGTH =
      Setting.of(
          "password.minimum_length",
          ValueTypes.integer("number", 0, 512),
          "8",
          "The least number of characters of a new password.");
  static final Setting<Duration> PLAIN_TOKEN_LIFETIME =
      Setting.optional(
          "sessions.plain_token_lifetime",
          DURATION,
          "for ever",
          "How long access tokens are valid of clients that cannot refresh them; their users then"
              + " log in again and keep their devices.");
  static final Setting<Duration> REFRESHABLE_TOKEN_LIFETIME =
      Setting.of(
          "sessions.refreshable_token_lifetime",
          DURATION,
          "1h",
          "How long access tokens are valid of clients that refresh them.");
  static final Setting<Boolean> LOGIN_TOKENS =
      Setting.of(
          "sessions.login_tokens",
          FLAG,
          "true",
          "Whether users get tokens, for their password, to log in once on another device.");
  static final Setting<Duration> LOGIN_TOKEN_LIFETIME =
      Setting.of(
          "sessions.login_token_lifetime", DURATION, "2m", "How long such a token is valid.");
  static final Setting<Boolean> PRESENCE =
      Setting.of("presence.enabled", FLAG, "true", "Whether who is online is tracked and told.");
  static final Setting<Boolean> PUBLIC_OVER_FEDERATION =
      Setting.of(
              "room_directory.public_over_federation",
              FLAG,
              "true",
              "Whether other servers may list the room directory.")
          .planned();
  static final Setting<Boolean> ANYONE_MAY_PUBLISH =
      Setting.of(
          "room_directory.anyone_may_publish",
          FLAG,
          "true",
          "Whether every user may publish rooms in the directory, or administrators only.");
  static final Setting<Boolean> RATE_LIMITS =
      Setting.of("rate_limits.enabled", FLAG, "true", "Whether callers are slowed down.");

  static final Setting<Boolean> FEDERATION =
      Setting.of(
              "federation.enabled", FLAG, "true", "Whether this server talks with other servers.")
          .planned();
  static final Setting<List<Path>> TRUSTED_CA_FILES =
      Setting.of(
              "federation.trusted_ca_files",
              listOf(new ValueType<>("path", PemFiles::certificates)),
              "[]",
              "PEM files of certificate authorities to trust besides the system's.")
          .planned();
  static final Setting<List<AddressRange>> ALLOW_ADDRESSES =
      Setting.of(
          "federation.allow_addresses",
          listOf(ADDRESS_RANGE),
          "[]",
          "Private and loopback ranges that outgoing requests may go to; others are refused.");
  static final Setting<Map<String, String>> SERVER_OVERRIDES =
      Setting.of(
              "federation.server_overrides",
              mapTo(SERVER_NAME),
              "{}",
              "Server names whose discovery is skipped, and the host:port to ask instead.")
          .planned();
  static final Setting<Duration> MAX_BACKOFF =
      Setting.of(
              "federation.max_backoff",
              DURATION,
              "1h",
              "The longest wait before a server that was down is tried again.")
          .planned();
  static final Setting<Boolean> EXPOSE_DEVICE_NAMES =
      Setting.of(
              "federation.expose_device_names",
              FLAG,
              "false",
              "Whether other servers see the names of users' devices.")
          .planned();

  static final Setting<List<Path>> APPLICATION_SERVICES =
      Setting.of(
              "application_services.files",
              listOf(PATH),
              "[]",
              "Registration files of application services.")
          .planned();
  static final Setting<String> MAIL_HOST =
      Setting.optional(
              "mail.host", TEXT, "no mail", "The SMTP server that outgoing mail is handed to.")
          .planned();
  static final Setting<Integer> MAIL_PORT =
      Setting.of("mail.port", PORT, "25", "Its port.").planned();
  static final Setting<String> MAIL_FROM =
      Setting.optional("mail.from", TEXT, "no mail", "The sender of outgoing mail.").planned();
  static final Setting<URI> CAPTCHA_VERIFY_URL =
      Setting.optional(
              "captcha.verify_url", URL, "no captcha", "The captcha service asked at registration.")
          .planned();
  static final Setting<String> CAPTCHA_PUBLIC_KEY =
      Setting.optional("captcha.public_key", TEXT, "no captcha", "Its public key.").planned();
  static final Setting<String> CAPTCHA_PRIVATE_KEY =
      Setting.optional("captcha.private_key", TEXT, "no captcha", "Its private key.")
          .planned()
          .secret();
  static final Setting<List<String>> TURN_URIS =
      Setting.optional(
          "turn.uris",
          listOf(TEXT),
          "no TURN server",
          "The TURN servers that clients are told about.");
  static final Setting<String> TURN_SECRET =
      Setting.optional("turn.shared_secret", TEXT, "no TURN server", "The secret shared with them.")
          .secret();
  static final Setting<Duration> TURN_LIFETIME =
      Setting.of(
          "turn.lifetime", DURATION, "24h", "How long a user's credentials for them are valid.");
  static final Setting<Boolean> URL_PREVIEWS =
      Setting.of(
              "url_previews.enabled",
              FLAG,
              "false",
              "Whether the server fetches previews of links for its users.")
          .planned();

  static final Setting<Settings.Log.Level> LOG_LEVEL =
      Setting.of(
          "log.level",
          LEVEL,
          "info",
          "The least severe level that is written to standard output: error, warn, info, debug,"
              + " trace.");
  static final Setting<Settings.Log.Format> LOG_FORMAT =
      Setting.of(
          "log.format",
          LOG_FORMATS,
          "text",
          "How lines look: text for eyes, or json, an object on each line.");
  static final Setting<Boolean> LOG_REQUESTS =
      Setting.of(
          "log.requests",
          FLAG,
          "true",
          "Whether each request is written, at level info: method, path, status, time, id.");

  static final Setting<URI> TRACING_ENDPOINT =
      Setting.optional(
          "tracing.endpoint",
          URL,
          "off",
          "The OpenTelemetry collector that traces of requests are sent to, by OTLP over HTTP, such"
              + " as http://127.0.0.1:4318.");
  static final Setting<Integer> TRACING_SAMPLE =
      Setting.of(
          "tracing.sample_percent",
          ValueTypes.integer("number", 0, 100),
          "10",
          "How many of a hundred requests are traced.");

  static final Setting<Boolean> DISABLE_RATE_LIMITS =
      Setting.of(
          "unsafe.disable_rate_limits", FLAG, "false", "Nobody is slowed down, whatever they try.");
  static final Setting<Boolean> ALLOW_PRIVATE_ADDRESSES =
      Setting.of(
          "unsafe.allow_private_addresses",
          FLAG,
          "false",
          "Outgoing requests may go to every private address.");
  static final Setting<Boolean> INSECURE_OUTBOUND_TLS =
      Setting.of(
          "unsafe.insecure_outbound_tls",
          FLAG,
          "false",
          "Certificates of outgoing requests other than federation are not checked.");
  static final Setting<Boolean> CHEAP_PASSWORD_HASHING =
      Setting.of(
          "unsafe.cheap_password_hashing",
          FLAG,
          "false",
          "Passwords are hashed fast, and fall fast to whoever steals the hashes.");
  static final Setting<Boolean> NO_PASSWORD_POLICY =
      Setting.of("unsafe.no_password_policy", FLAG, "false", "Every password is accepted.");

  static final List<Setting<Boolean>> UNSAFE =
      List.of(
          DISABLE_RATE_LIMITS,
          ALLOW_PRIVATE_ADDRESSES,
          INSECURE_OUTBOUND_TLS,
          CHEAP_PASSWORD_HASHING,
          NO_PASSWORD_POLICY);

  static final Table ALL =
      new Table(
          List.of(
              NAME,
              PUBLIC_BASE_URL,
              DATA_DIR,
              DATABASE,
              LISTENERS,
              DEFAULT_ROOM_VERSION,
              REGISTRATION,
              SHARED_SECRET,
              REQUIRE_TOKEN,
              GUESTS,
              MINIMUM_LENGTH,
              PLAIN_TOKEN_LIFETIME,
              REFRESHABLE_TOKEN_LIFETIME,
              LOGIN_TOKENS,
              LOGIN_TOKEN_LIFETIME,
              PRESENCE,
              PUBLIC_OVER_FEDERATION,
              ANYONE_MAY_PUBLISH,
              RATE_LIMITS,
              FEDERATION,
              TRUSTED_CA_FILES,
              ALLOW_ADDRESSES,
              SERVER_OVERRIDES,
              MAX_BACKOFF,
              EXPOSE_DEVICE_NAMES,
              APPLICATION_SERVICES,
              MAIL_HOST,
              MAIL_PORT,
              MAIL_FROM,
              CAPTCHA_VERIFY_URL,
              CAPTCHA_PUBLIC_KEY,
              CAPTCHA_PRIVATE_KEY,
              TURN_URIS,
              TURN_SECRET,
              TURN_LIFETIME,
              URL_PREVIEWS,
              LOG_LEVEL,
              LOG_FORMAT,
              LOG_REQUESTS,
              TRACING_ENDPOINT,
              TRACING_SAMPLE,
              DISABLE_RATE_LIMITS,
              ALLOW_PRIVATE_ADDRESSES,
              INSECURE_OUTBOUND_TLS,
              CHEAP_PASSWORD_HASHING,
              NO_PASSWORD_POLICY));

  private SettingsTable() {}
}
