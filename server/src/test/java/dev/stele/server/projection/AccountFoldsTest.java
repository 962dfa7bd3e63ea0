package dev.stele.server.projection;

import static dev.stele.server.http.TestEdge.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stele.eventstore.embedded.FreshDatabases;
import dev.stele.eventstore.postgres.LogOptions;
import dev.stele.eventstore.postgres.PostgresEventLog;
import dev.stele.server.record.AccountDataSet;
import dev.stele.server.record.DeviceOpened;
import dev.stele.server.record.DevicesClosed;
import dev.stele.server.record.Entry;
import dev.stele.server.record.Fact;
import dev.stele.server.record.FilterCreated;
import dev.stele.server.record.ProfileFieldSet;
import dev.stele.server.record.ReceiptSent;
import dev.stele.server.record.RecordLog;
import dev.stele.server.record.UserRegistered;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The folds of accounts and user data, over a real log. */
final class AccountFoldsTest {
  private static final String ALICE = "@alice:hs1";
  private static final String ROOM = "!room:hs1";

  private static final List<Fact> FACTS =
      List.of(
          new UserRegistered(ALICE, true, false, "$argon2id$"),
          new UserRegistered("@bob:hs1", false, false, null),
          new DeviceOpened(ALICE, "A", "hash-1", "Phone"),
          new DeviceOpened(ALICE, "A", "hash-2", null),
          new DeviceOpened(ALICE, "B", "hash-3", "Laptop"),
          new DevicesClosed(ALICE, List.of("B")),
          new DeviceOpened(ALICE, "B", "hash-4", null),
          new DeviceOpened("@bob:hs1", "A", "hash-5", null),
          new DevicesClosed("@bob:hs1", List.of("A", "never")),
          new ProfileFieldSet(ALICE, "displayname", JsonNodeFactory.instance.textNode("Al")),
          new ProfileFieldSet(ALICE, "displayname", JsonNodeFactory.instance.textNode("Alice")),
          new ProfileFieldSet(ALICE, "m.tz", JsonNodeFactory.instance.textNode("Etc/UTC")),
          new ProfileFieldSet(ALICE, "org.gone", JsonNodeFactory.instance.numberNode(1)),
          new ProfileFieldSet(ALICE, "org.gone", null),
          new FilterCreated(ALICE, "f", object(1)),
          new AccountDataSet(ALICE, null, "org.a", object(1)),
          new AccountDataSet(ALICE, ROOM, "org.a", object(2)),
          new AccountDataSet(ALICE, null, "org.a", object(3)),
          new ReceiptSent(ROOM, ALICE, "m.read", null, "$1", 1),
          new ReceiptSent(ROOM, ALICE, "m.read", "main", "$2", 2),
          new ReceiptSent(ROOM, ALICE, "m.read.private", null, "$3", 3),
          new ReceiptSent(ROOM, ALICE, "m.read", null, "$4", 4));

  private final Vertx vertx = Vertx.vertx();
  private final AccountsProjection accountsFold = new AccountsProjection();
  private final UserDataProjection userDataFold = new UserDataProjection();
  private PostgresEventLog eventLog;
  private RecordLog log;
  private Projections projections;

  @BeforeEach
  void start() {
    String url = await(await(FreshDatabases.ofThisJvm()).fresh());
    eventLog =
        await(
            PostgresEventLog.open(
                vertx,
                url,
                LogOptions.defaults(InstantSource.system()),
                new SimpleMeterRegistry()));
    log = new RecordLog(eventLog);
    projections =
        await(Projections.start(List.of(accountsFold, userDataFold), log, eventLog.pool()));
  }

  @AfterEach
  void stop() {
    await(projections.close());
    await(eventLog.close());
    await(vertx.close());
  }

  @Test
  void fold_accounts_answersWhatHolds() {
    assertThat(await(log.append(FACTS))).isNotNull();
    Accounts accounts = new Accounts(projections, accountsFold, eventLog.pool());

    assertThat(await(accounts.account(ALICE)))
        .contains(new AccountRow(ALICE, true, false, "$argon2id$"));
    assertThat(await(accounts.account("@carol:hs1"))).isEmpty();
    assertThat(await(accounts.devices(ALICE)))
        .containsExactly(
            new DeviceRow(ALICE, "A", "hash-2", "Phone"),
            new DeviceRow(ALICE, "B", "hash-4", null));
    assertThat(await(accounts.devices("@bob:hs1"))).isEmpty();
    assertThat(await(accounts.token("hash-1"))).isEmpty();
    assertThat(await(accounts.token("hash-4"))).contains(new TokenRow(ALICE, "B", true, false));
    assertThat(await(accounts.profile(ALICE)))
        .hasToString("{\"displayname\":\"Alice\",\"m.tz\":\"Etc/UTC\"}");
    assertThat(await(accounts.memberProfiles(List.of(ALICE, "@bob:hs1"))))
        .hasToString("{@alice:hs1={\"displayname\":\"Alice\"}}");
    assertThat(await(accounts.filter(ALICE, "f"))).contains(object(1));
    assertThat(await(accounts.filter("@bob:hs1", "f"))).isEmpty();
  }

  @Test
  void fold_userData_answersWhatHolds() {
    assertThat(await(log.append(FACTS))).isNotNull();
    UserData data = new UserData(projections, userDataFold, eventLog.pool());

    assertThat(await(data.accountData(ALICE, UserData.GLOBAL, "org.a"))).contains(object(3));
    assertThat(await(data.accountData(ALICE, 0)))
        .containsExactly(
            new AccountDataRow(ROOM, "org.a", object(2), 17),
            new AccountDataRow("", "org.a", object(3), 18));
    assertThat(await(data.accountData(ALICE, 17))).hasSize(1);
    assertThat(await(data.receipts(ROOM, "@bob:hs1", 0)))
        .extracting(ReceiptSent::eventId)
        .containsExactly("$2", "$4");
    assertThat(await(data.receipts(ROOM, ALICE, 20)))
        .extracting(ReceiptSent::eventId)
        .containsExactly("$3", "$4");
    assertThat(await(data.receiptsOf(ALICE, ROOM))).hasSize(3);
  }

  @Test
  void fold_batchesOfAnySize_giveTheSameRows() {
    assertThat(await(log.append(FACTS))).isNotNull();
    await(projections.caughtUp());
    Map<String, Projections.Digest> atOnce = await(projections.digests());

    for (int size : new int[] {1, 2, 3, 7}) {
      assertThat(refold(size)).isEqualTo(atOnce);
    }
  }

  private Map<String, Projections.Digest> refold(int batchSize) {
    for (Projection projection : List.of(accountsFold, userDataFold)) {
      for (String table : projection.tables()) {
        await(eventLog.pool().query("TRUNCATE projection." + table).execute().<Void>mapEmpty());
      }
      List<Entry> entries =
          await(log.read(0, 1000)).stream()
              .filter(entry -> projection.folds(entry.fact()))
              .toList();
      for (int from = 0; from < entries.size(); from += batchSize) {
        List<Entry> batch = entries.subList(from, Math.min(from + batchSize, entries.size()));
        await(eventLog.pool().withTransaction(transaction -> projection.fold(transaction, batch)));
      }
    }
    return await(projections.digests());
  }

  private static ObjectNode object(int n) {
    return JsonNodeFactory.instance.objectNode().put("n", n);
  }
}
