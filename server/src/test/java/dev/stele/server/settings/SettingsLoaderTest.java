package dev.stele.server.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SettingsLoaderTest {
  @TempDir Path directory;

  @Test
  void defaults_nothingGiven_suitAFirstTryOnLocalhost() {
    Settings settings = Settings.defaults();

    assertThat(settings.serverName()).isEqualTo("localhost");
    assertThat(settings.dataDir()).isEqualTo(Path.of("data").toAbsolutePath());
    assertThat(settings.database().url()).isEmpty();
    assertThat(settings.listeners())
        .singleElement()
        .satisfies(
            listener -> {
              assertThat(listener.url(listener.port())).isEqualTo("http://127.0.0.1:8008");
              assertThat(listener.resources())
                  .containsExactlyInAnyOrder(Listener.Resource.values());
              assertThat(settings.registration().openOn(listener)).isTrue();
            });
    assertThat(settings.password().minimumLength()).isEqualTo(8);
    assertThat(settings.unsafe()).isEqualTo(new Settings.Unsafe(false, false, false, false, false));
  }

  @Test
  void load_everySettingOfTheContract_isAccepted() {
    Settings settings =
        Settings.fromYaml(
            """
            server_name: hs1
            public_base_url: http://127.0.1.1:8008/
            data_dir: /var/lib/stele
            database: { url: "postgres://user:pw@host:5432/stele" }
            listeners:
              - { bind: 127.0.1.1, port: 8008 }
              - { bind: "::1", port: 8448, resources: [federation, metrics] }
            default_room_version: 11
            registration:
              enabled: true
              shared_secret: "sesame"
              require_token: false
              guests: false
            password: { minimum_length: 12 }
            presence: { enabled: true }
            room_directory: { public_over_federation: true, anyone_may_publish: true }
            rate_limits: { enabled: true }
            federation:
              enabled: true
              trusted_ca_files: []
              allow_addresses: [10.0.0.0/8, "::1"]
              server_overrides: { "hs2": "127.0.1.2:8448" }
              max_backoff: 1h
              expose_device_names: false
            application_services: { files: [a.yaml, b.yaml] }
            mail: { host: localhost, port: 2525, from: "stele@example.org" }
            captcha: { verify_url: "http://localhost/verify", public_key: a, private_key: b }
            turn: { uris: ["turn:example.org"], shared_secret: c }
            url_previews: { enabled: false }
            unsafe:
              disable_rate_limits: false
              allow_private_addresses: false
              insecure_outbound_tls: false
              cheap_password_hashing: true
              no_password_policy: false
            """);

    assertThat(settings.publicBaseUrl()).contains(URI.create("http://127.0.1.1:8008"));
    assertThat(settings.database().url()).contains("postgres://user:pw@host:5432/stele");
    assertThat(settings.listeners()).extracting(Listener::bind).containsExactly("127.0.1.1", "::1");
    assertThat(settings.listeners().get(1).resources())
        .isEqualTo(Set.of(Listener.Resource.FEDERATION, Listener.Resource.METRICS));
    assertThat(settings.listeners().get(1).url(8448)).isEqualTo("http://[::1]:8448");
    assertThat(settings.defaultRoomVersion()).isEqualTo("11");
    assertThat(settings.registration())
        .isEqualTo(
            new Registration(
                Registration.Open.EVERYWHERE, java.util.Optional.of("sesame"), false, false));
    assertThat(settings.federation().serverOverrides()).isEqualTo(Map.of("hs2", "127.0.1.2:8448"));
    assertThat(settings.federation().maxBackoff()).isEqualTo(Duration.ofHours(1));
    assertThat(settings.mail()).contains(new Settings.Mail("localhost", 2525, "stele@example.org"));
    assertThat(settings.unsafe().cheapPasswordHashing()).isTrue();
  }

  @Test
  void load_fileEnvironmentAndFlag_laterWins() throws IOException {
    Path file =
        Files.writeString(directory.resolve("stele.yaml"), "server_name: one\ndata_dir: a\n");
    Map<String, String> environment = Map.of("STELE_SERVER_NAME", "two", "STELE_DATA_DIR", "/b");

    Loaded loaded =
        new SettingsLoader()
            .file(file)
            .environment(environment)
            .flag("--server-name", "server_name", "three")
            .load();

    assertThat(loaded.settings().serverName()).isEqualTo("three");
    assertThat(loaded.settings().dataDir()).isEqualTo(Path.of("/b"));
    assertThat(loaded.explained())
        .extracting(Loaded.Explained::path, Loaded.Explained::source)
        .contains(
            org.assertj.core.groups.Tuple.tuple("server_name", "--server-name"),
            org.assertj.core.groups.Tuple.tuple("data_dir", "STELE_DATA_DIR"),
            org.assertj.core.groups.Tuple.tuple("password.minimum_length", "default"));
  }

  @Test
  void environment_structuredValues_areYaml() {
    Settings settings =
        new SettingsLoader()
            .environment(
                Map.of(
                    "STELE_LISTENERS", "[{bind: 0.0.0.0, port: 80}]",
                    "STELE_REGISTRATION_ENABLED", "false",
                    "STELE_REGISTRATION_SHARED_SECRET", "12345",
                    "STELE_FEDERATION_SERVER_OVERRIDES", "{\"hs2\": \"127.0.1.2:8448\"}"))
            .load()
            .settings();

    assertThat(settings.listeners()).extracting(Listener::bind).containsExactly("0.0.0.0");
    assertThat(settings.registration().sharedSecret()).contains("12345");
    assertThat(settings.registration().openOn(settings.listeners().get(0))).isFalse();
    assertThat(settings.federation().serverOverrides()).containsEntry("hs2", "127.0.1.2:8448");
  }

  @Test
  void environment_variablesOfOthers_areIgnored() {
    Map<String, String> environment =
        Map.of(
            "PATH", "/bin",
            "STELE_JAVA_OPTS", "-Xmx1g",
            "STELE_DATABASE_URL", "",
            "STELE_PORT", "tcp://10.0.0.1:80",
            "STELE_SERVICE_HOST", "10.0.0.1",
            "STELE_PORT_80_TCP", "tcp://10.0.0.1:80");

    assertThat(new SettingsLoader().environment(environment).load().settings())
        .isEqualTo(Settings.defaults());
  }

  @Test
  void port_flagAndVariable_moveTheFirstListener() {
    SettingsLoader loader =
        new SettingsLoader().yaml("f", "listeners: [{bind: '::1', port: 1}, {port: 2}]");

    assertThat(loader.environment(Map.of("STELE_PORT", "9")).load().settings().listeners())
        .extracting(Listener::port)
        .containsExactly(9, 2);
    assertThat(loader.port("--port", "10").load().settings().listeners().get(0))
        .satisfies(listener -> assertThat(listener.bind()).isEqualTo("::1"))
        .satisfies(listener -> assertThat(listener.port()).isEqualTo(10));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          regstration: {enabled: true}     | f:1: regstration: unknown setting (did you mean registration?)
          registration: {enbled: true}     | f:1: registration.enbled: unknown setting (did you mean registration.enabled?)
          zzz: 1                           | f:1: zzz: unknown setting
          registration: true               | f:1: registration: true (expected: a section of settings)
          [a]                              | f:1: [a] (expected: a section of settings)
          password: {minimum_length: -1}   | f:1: password.minimum_length: -1 (expected: 0-512)
          password: {minimum_length: many} | f:1: password.minimum_length: many (expected: a whole number)
          registration: {enabled: maybe}   | f:1: registration.enabled: maybe (expected: true or false)
          registration: {shared_secret: 1} | f:1: registration.shared_secret: 1 (expected: a text, in quotes)
          server_name: a_b                 | f:1: server_name: a_b (expected: a host name or IP literal, with a port or without)
          public_base_url: ftp://x         | f:1: public_base_url: ftp://x (expected: an http or https URL)
          public_base_url: http://a b      | f:1: public_base_url: http://a b (expected: an http or https URL)
          database: {url: mysql://h/x}     | f:1: database.url: mysql://h/x (expected: postgres://user:password@host:port/database)
          database: {url: postgres://h}    | f:1: database.url: postgres://h (expected: postgres://user:password@host:port/database)
          default_room_version: 13         | f:1: default_room_version: 13 (expected: 1-12)
          listeners: []                    | f:1: listeners: [] (expected: at least one listener)
          listeners: {port: 1}             | f:1: listeners: {port: 1} (expected: a list, in [ ])
          listeners: [{port: 65536}]       | f:1: listeners[0].port: 65536 (expected: 0-65535)
          listeners: [{prot: 1}]           | f:1: listeners[0].prot: unknown setting (did you mean port?)
          listeners: [{port: 1}, {port: 1}] | f:1: listeners: two listeners on 127.0.0.1 port 1
          listeners: [{resources: []}]     | f:1: listeners[0]: {resources: []} (expected: at least one resource)
          listeners: [{resources: [x]}]    | f:1: listeners[0].resources[0]: x (expected: client, federation, media, admin, metrics)
          federation: {max_backoff: 7}     | f:1: federation.max_backoff: 7 (expected: a duration such as 500ms, 30s, 5m, 1h or 2d)
          federation: {allow_addresses: [x]} | f:1: federation.allow_addresses[0]: x (expected: such as 10.0.0.0/8)
          mail: {host: a}                  | f:1: mail.host: needs mail.from as well
          log: {level: loud}               | f:1: log.level: loud (expected: error, warn, info, debug, trace)
          server_name: [                   | f:1: not YAML
          ? [a]                            | f:1: not YAML
          """)
  void load_wrong_saysWhereWhatAndWhyOnOneLine(String yaml, String message) {
    assertThatThrownBy(() -> new SettingsLoader().yaml("f", yaml).load())
        .isInstanceOf(SettingsException.class)
        .hasMessageStartingWith(message)
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "server_name: a\\n\\nserver_name: b|f:3: server_name: given twice",
        "# hello\\n"
            + "registration:\\n"
            + "  enabled: true\\n"
            + "  colour: red|f:4: registration.colour: unknown",
        "a: b: c|f:1: not YAML",
        "server_name: a\\n---\\nserver_name: b|f:3: more than one YAML document",
        "data_dir: &a x\\nserver_name: *a|f:2: server_name: aliases are not supported"
      })
  void load_wrongOnALaterLine_namesTheLine(String yaml, String message) {
    assertThatThrownBy(() -> new SettingsLoader().yaml("f", yaml.replace("\\n", "\n")).load())
        .isInstanceOf(SettingsException.class)
        .hasMessageStartingWith(message);
  }

  @Test
  void load_wrongOutsideOfTheFile_namesTheSource() {
    SettingsLoader loader = new SettingsLoader();

    assertThatThrownBy(() -> loader.environment(Map.of("STELE_DATABSE_URL", "x")))
        .hasMessage("STELE_DATABSE_URL: unknown setting (did you mean STELE_DATABASE_URL?)");
    assertThatThrownBy(
            () -> new SettingsLoader().environment(Map.of("STELE_LISTENERS", "[{port: x}]")).load())
        .hasMessage("STELE_LISTENERS: listeners[0].port: x (expected: a whole number)");
    assertThatThrownBy(() -> new SettingsLoader().port("--port", "99999").load())
        .hasMessage("--port: listeners[0].port: 99999 (expected: 0-65535)");
    assertThatThrownBy(() -> loader.file(directory.resolve("none.yaml")))
        .hasMessage(directory.resolve("none.yaml") + ": no such settings file");
    assertThatThrownBy(() -> loader.file(directory))
        .hasMessageStartingWith(directory + ": cannot be read");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hs1",
        "example.org",
        "example.org:8448",
        "1.2.3.4",
        "1.2.3.4:80",
        "[::1]",
        "[1234::9]:5"
      })
  void serverName_ofTheGrammar_isAccepted(String name) {
    assertThat(Settings.fromYaml("server_name: '" + name + "'").serverName()).isEqualTo(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a b", "::1", "[::1", "[zz]", "a:", "a:123456", "http://a", "ä.de", "[.]"})
  void serverName_outsideTheGrammar_isRefused(String name) {
    assertThatThrownBy(() -> Settings.fromYaml("server_name: '" + name + "'"))
        .isInstanceOf(SettingsException.class)
        .hasMessageStartingWith("settings:1: server_name: " + name + " (expected");
  }

  @Test
  void warnings_featuresThatDoNotExistYet_areNamedOnOneLine() {
    Loaded loaded =
        new SettingsLoader()
            .yaml("f", "url_previews: {enabled: true}\nmail: {host: localhost, from: x}")
            .load();

    assertThat(loaded.warnings())
        .containsExactly(
            "settings without effect, their features do not exist yet: mail.host,"
                + " mail.from, url_previews.enabled");
  }

  @Test
  void warnings_unsafeSwitches_oneEach() {
    Loaded loaded =
        new SettingsLoader()
            .yaml("f", "unsafe: {no_password_policy: true, cheap_password_hashing: true}")
            .load();

    assertThat(loaded.warnings())
        .hasSize(2)
        .anySatisfy(line -> assertThat(line).startsWith("unsafe.no_password_policy is on: "))
        .anySatisfy(line -> assertThat(line).startsWith("unsafe.cheap_password_hashing is on: "));
    assertThat(new SettingsLoader().load().warnings()).isEmpty();
  }

  @Test
  void warnings_openBehindAProxyByDefault_isSaid() {
    String yaml = "public_base_url: https://chat.example.org\n";

    assertThat(new SettingsLoader().yaml("f", yaml).load().warnings())
        .singleElement()
        .satisfies(line -> assertThat(line).contains("registration.enabled"));
    assertThat(
            new SettingsLoader()
                .yaml("f", yaml + "registration: {enabled: false}")
                .load()
                .warnings())
        .isEmpty();
  }

  @Test
  void explained_secrets_areHidden() {
    Loaded loaded =
        new SettingsLoader()
            .yaml("f", "registration: {shared_secret: sesame}")
            .flag("--database-url", "database.url", "postgres://u:sesame@h/d")
            .load();

    assertThat(loaded.explained()).hasSize(SettingsTable.ALL.settings().size());
    assertThat(loaded.explained().toString()).doesNotContain("sesame").contains("(hidden)");
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1,true",
    "127.9.9.9,true",
    "::1,true",
    "localhost,true",
    "0.0.0.0,false",
    "'::',false",
    "10.0.0.1,false",
    "example.org,false"
  })
  void registration_notSaid_isOpenOnLoopbackOnly(String bind, boolean open) {
    Settings settings = Settings.fromYaml("listeners: [{bind: '" + bind + "'}]");

    assertThat(settings.registration().openOn(settings.listeners().get(0))).isEqualTo(open);
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/8,10.1.2.3,true", "10.0.0.0/8,11.1.2.3,false", "127.0.0.1,127.0.0.1,true",
    "127.0.0.1,127.0.0.2,false", "fe80::/10,fe80::1,true", "0.0.0.0/0,::1,false",
    "0.0.0.0/0,9.9.9.9,true"
  })
  void addressRange_contains_comparesThePrefix(String range, String address, boolean contained)
      throws IOException {
    assertThat(AddressRange.parse(range).orElseThrow().contains(InetAddress.getByName(address)))
        .isEqualTo(contained);
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.0.0.0/33", "10.0.0.0/", "10.0.0.0/x", "x", "", "::/129"})
  void addressRange_notOne_isEmpty(String text) {
    assertThat(AddressRange.parse(text)).isEmpty();
  }

  @Test
  void variables_ofAllSettings_differ() {
    List<String> variables = SettingsTable.ALL.settings().stream().map(Setting::variable).toList();

    assertThat(variables).doesNotHaveDuplicates();
  }
}
