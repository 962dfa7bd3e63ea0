package dev.stele.server.settings;

import dev.stele.server.settings.Registration.Open;
import dev.stele.server.settings.Settings.Captcha;
import dev.stele.server.settings.Settings.Mail;
import dev.stele.server.settings.Settings.Turn;
import dev.stele.server.settings.Settings.Unsafe;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Builds the records from the values of the table. Every value is checked on the way.
 *
 * @param port where to move the first listener
 */
record SettingsAssembly(Values values, Optional<Integer> port) {

  Settings settings() {
    return new Settings(
        values.get(SettingsTable.NAME),
        values.find(SettingsTable.PUBLIC_BASE_URL).map(SettingsAssembly::withoutSlash),
        values.get(SettingsTable.DATA_DIR),
        new Settings.Database(values.find(SettingsTable.DATABASE)),
        listeners(),
        values.get(SettingsTable.DEFAULT_ROOM_VERSION),
        registration(),
        new Settings.Password(values.get(SettingsTable.MINIMUM_LENGTH)),
        sessions(),
        new Settings.Presence(values.get(SettingsTable.PRESENCE)),
        new Settings.RoomDirectory(
            values.get(SettingsTable.PUBLIC_OVER_FEDERATION),
            values.get(SettingsTable.ANYONE_MAY_PUBLISH)),
        new Settings.RateLimits(values.get(SettingsTable.RATE_LIMITS)),
        federation(),
        new Settings.ApplicationServices(values.get(SettingsTable.APPLICATION_SERVICES)),
        mail(),
        captcha(),
        turn(),
        new Settings.UrlPreviews(values.get(SettingsTable.URL_PREVIEWS)),
        new Settings.Log(
            values.get(SettingsTable.LOG_LEVEL),
            values.get(SettingsTable.LOG_FORMAT),
            values.get(SettingsTable.LOG_REQUESTS)),
        values
            .find(SettingsTable.TRACING_ENDPOINT)
            .map(SettingsAssembly::withoutSlash)
            .map(
                endpoint ->
                    new Settings.Tracing(endpoint, values.get(SettingsTable.TRACING_SAMPLE))),
        unsafe());
  }

  private List<Listener> listeners() {
    List<Listener> listeners = new ArrayList<>(values.get(SettingsTable.LISTENERS));
    port.ifPresent(moved -> listeners.set(0, listeners.get(0).on(moved)));
    ListenerType.refuseDuplicates(
        listeners, values.firstOf(SettingsTable.LISTENERS).orElse(new Place("listeners", "")));
    return listeners;
  }

  private Registration registration() {
    Open open =
        values
            .find(SettingsTable.REGISTRATION)
            .map(enabled -> enabled ? Open.EVERYWHERE : Open.NOWHERE)
            .orElse(Open.ON_LOOPBACK);
    return new Registration(
        open,
        values.find(SettingsTable.SHARED_SECRET),
        values.get(SettingsTable.REQUIRE_TOKEN),
        values.get(SettingsTable.GUESTS));
  }

  private Settings.Sessions sessions() {
    return new Settings.Sessions(
        values.find(SettingsTable.PLAIN_TOKEN_LIFETIME),
        values.get(SettingsTable.REFRESHABLE_TOKEN_LIFETIME),
        values.get(SettingsTable.LOGIN_TOKENS),
        values.get(SettingsTable.LOGIN_TOKEN_LIFETIME));
  }

  private Federation federation() {
    return new Federation(
        values.get(SettingsTable.FEDERATION),
        values.get(SettingsTable.TRUSTED_CA_FILES),
        values.get(SettingsTable.ALLOW_ADDRESSES),
        values.get(SettingsTable.SERVER_OVERRIDES),
        values.get(SettingsTable.MAX_BACKOFF),
        values.get(SettingsTable.EXPOSE_DEVICE_NAMES));
  }

  private Optional<Mail> mail() {
    return values
        .firstOf(SettingsTable.MAIL_HOST, SettingsTable.MAIL_PORT, SettingsTable.MAIL_FROM)
        .map(
            place ->
                new Mail(
                    values.need(SettingsTable.MAIL_HOST, place),
                    values.get(SettingsTable.MAIL_PORT),
                    values.need(SettingsTable.MAIL_FROM, place)));
  }

  private Optional<Captcha> captcha() {
    return values
        .firstOf(
            SettingsTable.CAPTCHA_VERIFY_URL,
            SettingsTable.CAPTCHA_PUBLIC_KEY,
            SettingsTable.CAPTCHA_PRIVATE_KEY)
        .map(
            place ->
                new Captcha(
                    values.need(SettingsTable.CAPTCHA_VERIFY_URL, place),
                    values.need(SettingsTable.CAPTCHA_PUBLIC_KEY, place),
                    values.need(SettingsTable.CAPTCHA_PRIVATE_KEY, place)));
  }

  private Optional<Turn> turn() {
    return values
        .firstOf(SettingsTable.TURN_URIS, SettingsTable.TURN_SECRET)
        .map(
            place ->
                new Turn(
                    values.need(SettingsTable.TURN_URIS, place),
                    values.need(SettingsTable.TURN_SECRET, place),
                    values.get(SettingsTable.TURN_LIFETIME)));
  }

  private Unsafe unsafe() {
    return new Unsafe(
        values.get(SettingsTable.DISABLE_RATE_LIMITS),
        values.get(SettingsTable.ALLOW_PRIVATE_ADDRESSES),
        values.get(SettingsTable.INSECURE_OUTBOUND_TLS),
        values.get(SettingsTable.CHEAP_PASSWORD_HASHING),
        values.get(SettingsTable.NO_PASSWORD_POLICY));
  }

  private static URI withoutSlash(URI url) {
    String text = url.toString();
    return text.endsWith("/") ? URI.create(text.substring(0, text.length() - 1)) : url;
  }
}
