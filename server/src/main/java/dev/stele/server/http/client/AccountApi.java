package dev.stele.server.http.client;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.stele.server.account.AccountCreation;
import dev.stele.server.account.AccountDataChanges;
import dev.stele.server.account.AuthStage;
import dev.stele.server.account.DeviceSessions;
import dev.stele.server.account.InteractiveAuth;
import dev.stele.server.account.LastSeen;
import dev.stele.server.account.OpenRegistration;
import dev.stele.server.account.PasswordLogin;
import dev.stele.server.account.PasswordPolicy;
import dev.stele.server.account.PasswordStage;
import dev.stele.server.account.Passwords;
import dev.stele.server.account.ProfileChanges;
import dev.stele.server.account.SessionTokens;
import dev.stele.server.account.SharedSecret;
import dev.stele.server.account.ShortTokens;
import dev.stele.server.account.StoredFilters;
import dev.stele.server.account.TokenLogin;
import dev.stele.server.account.TokenOwners;
import dev.stele.server.account.TokenRefresh;
import dev.stele.server.account.UserDevices;
import dev.stele.server.account.UserQueues;
import dev.stele.server.http.Authenticator;
import dev.stele.server.http.Bindings;
import dev.stele.server.http.Resource;
import dev.stele.server.projection.Accounts;
import dev.stele.server.settings.Settings;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Everything about accounts and users' own data, put together. */
public final class AccountApi implements Resource {
  private static final Duration OPEN_ID_LIFETIME = Duration.ofHours(1);

  private final Passwords passwords;
  private final InstantSource clock;
  private final TokenOwners tokens;
  private final LastSeen lastSeen;
  private final SessionTokens sessionTokens;
  private final AccountCreation creation;
  private final AccountDataChanges accountData;
  private final InteractiveAuth auth;
  private final UserQueues queues = new UserQueues();
  private final List<Resource> resources = new ArrayList<>();

  public AccountApi(AccountServices services) {
    Settings settings = services.settings();
    this.clock = services.clock();
    this.passwords = new Passwords(services.vertx(), settings.unsafe().cheapPasswordHashing());
    passwords.monitor(services.meters());
    queues.monitor(services.meters(), "accounts");
    this.tokens =
        new TokenOwners(
            services.log(), services.accounts(), queues, services.clock(), services.meters());
    this.lastSeen = new LastSeen(services.vertx(), services.log(), services.clock());
    lastSeen.monitor(services.meters());
    this.sessionTokens = new SessionTokens(settings.sessions(), services.clock());
    this.accountData = new AccountDataChanges(services.log(), services.userData(), queues);
    this.creation =
        new AccountCreation(settings.serverName(), services.log(), passwords, sessionTokens);
    this.auth = interactiveAuth(services);
    auth.monitor(services.meters());
    resources.add(new VersionsResource(settings));
    resources.add(new AuthFallbackResource(auth));
    resources.add(register(settings));
    settings
        .registration()
        .sharedSecret()
        .map(secret -> new SharedSecret(secret, Ticker.systemTicker()))
        .ifPresent(
            secret -> {
              secret.monitor(services.meters());
              resources.add(new SharedSecretResource(creation, secret));
            });
    DeviceSessions sessions =
        new DeviceSessions(
            services.log(),
            new UserDevices(services.accounts(), services.encryptionKeys()),
            tokens,
            queues,
            sessionTokens);
    addSessions(services, sessions);
    resources.add(new TurnResource(settings.turn(), services.clock()));
    addUserData(services);
    resources.add(new EncryptionApi(services, queues, confirmation(), sessionTokens));
  }

  /** Lets in whoever has an access token. */
  public Authenticator authenticator() {
    return new TokenAuthenticator(tokens, lastSeen, clock);
  }

  /** Makes accounts without a request. */
  public AccountCreation creation() {
    return creation;
  }

  /** Asks users to confirm, by their passwords, what is dangerous. */
  public UserConfirmation confirmation() {
    return new UserConfirmation(auth);
  }

  /** Stores users' account data. */
  public AccountDataChanges accountData() {
    return accountData;
  }

  @Override
  public void bind(Bindings bindings) {
    resources.forEach(resource -> resource.bind(bindings));
  }

  /** Gives threads back and stops following the log. */
  public Future<Void> close() {
    return Future.join(passwords.close(), tokens.close(), lastSeen.close()).mapEmpty();
  }

  private RegisterResource register(Settings settings) {
    return new RegisterResource(
        creation,
        new OpenRegistration(settings.registration(), settings.listeners()),
        PasswordPolicy.of(settings),
        auth);
  }

  private InteractiveAuth interactiveAuth(AccountServices services) {
    AuthStage password =
        new PasswordStage(
            services.settings().serverName(),
            services.accounts(),
            passwords,
            services.passwordAttempts());
    return new InteractiveAuth(
        Map.of(InteractiveAuth.DUMMY, AuthStage.dummy(), InteractiveAuth.PASSWORD, password),
        Ticker.systemTicker());
  }

  private void addSessions(AccountServices services, DeviceSessions sessions) {
    Settings settings = services.settings();
    Accounts accounts = services.accounts();
    Optional<ShortTokens> loginTokens =
        settings.sessions().loginTokens()
            ? Optional.of(
                ShortTokens.forLogin(
                    services.log(), accounts, clock, settings.sessions().loginTokenLifetime()))
            : Optional.empty();
    resources.add(
        new LoginResource(
            new PasswordLogin(settings.serverName(), accounts, passwords, sessions),
            loginTokens.map(offered -> new TokenLogin(offered, sessions)),
            sessions));
    resources.add(
        new TokensResource(
            new TokenRefresh(services.log(), accounts, tokens, queues, sessionTokens),
            loginTokens,
            confirmation()));
    resources.add(new DevicesResource(accounts, sessions, lastSeen, confirmation()));
    resources.add(
        new OpenIdResource(
            settings.serverName(),
            ShortTokens.forOpenId(services.log(), accounts, clock, OPEN_ID_LIFETIME)));
  }

  private void addUserData(AccountServices services) {
    var profiles =
        new ProfileChanges(
            services.log(), services.accounts(), services.rooms(), services.shards(), queues);
    resources.add(new ProfileResource(services.accounts(), profiles));
    resources.add(new AccountDataResource(services.userData(), accountData));
    resources.add(new TagsResource(services.userData(), accountData));
    resources.add(new FilterResource(new StoredFilters(services.log(), services.accounts())));
    resources.add(new PushRulesResource(services.userData(), accountData));
  }
}
