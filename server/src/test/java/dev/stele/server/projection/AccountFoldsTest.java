package dev.stele.server.projection;

import static dev.stele.server.http.TestEdge.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stele.server.record.AccountDataSet;
import dev.stele.server.record.DehydratedDeviceStored;
import dev.stele.server.record.DeviceOpened;
import dev.stele.server.record.DeviceRenamed;
import dev.stele.server.record.DeviceSeen;
import dev.stele.server.record.DevicesClosed;
import dev.stele.server.record.Fact;
import dev.stele.server.record.FilterCreated;
import dev.stele.server.record.LoginTokenSpent;
import dev.stele.server.record.ProfileFieldSet;
import dev.stele.server.record.ReceiptSent;
import dev.stele.server.record.ShortTokenIssued;
import dev.stele.server.record.ShortTokenIssued.Purpose;
import dev.stele.server.record.TokensRefreshed;
import dev.stele.server.record.TokensTaken;
import dev.stele.server.record.UserRegistered;
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
          new DeviceOpened(ALICE, "A", "hash-1", "Phone", null, null),
          new DeviceOpened(ALICE, "A", "hash-2", null, 5L, "refresh-2"),
          new DeviceOpened(ALICE, "B", "hash-3", "Laptop", null, null),
          new DeviceRenamed(ALICE, "B", "Desktop", false),
          new DevicesClosed(ALICE, List.of("B"), false),
          new DeviceOpened(ALICE, "B", "hash-4", null, null, null),
          new DeviceSeen(ALICE, "B", "192.0.2.1", 7),
          new TokensRefreshed(ALICE, "A", "refresh-2", "hash-6", 6L, "refresh-6"),
          new TokensRefreshed(ALICE, "A", "refresh-2", "hash-7", 7L, "refresh-7"),
          new TokensTaken(ALICE, "A", "hash-6"),
          new TokensTaken(ALICE, "A", "hash-7"),
          new TokensRefreshed(ALICE, "A", "refresh-7", "hash-8", 8L, "refresh-8"),
          new TokensRefreshed(ALICE, "A", "refresh-8", "hash-9", 9L, "refresh-9"),
          new ShortTokenIssued(ALICE, Purpose.LOGIN, "short-1", 1),
          new ShortTokenIssued(ALICE, Purpose.LOGIN, "short-2", Long.MAX_VALUE),
          new ShortTokenIssued(ALICE, Purpose.OPENID, "short-3", Long.MAX_VALUE),
          new LoginTokenSpent(ALICE, "short-2"),
          new DeviceOpened("@bob:hs1", "A", "hash-5", null, null, null),
          new DevicesClosed("@bob:hs1", List.of("A", "never"), false),
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
          new ReceiptSent(ROOM, ALICE, "m.read", null, "$4", 4),
          new DehydratedDeviceStored(ALICE, "A", object(1)),
          new DehydratedDeviceStored(ALICE, "B", object(2)),
          new DehydratedDeviceStored("@bob:hs1", "X", object(3)),
          new DevicesClosed("@bob:hs1", List.of("X"), false));

  private final AccountsProjection accountsFold = new AccountsProjection();
  private final UserDataProjection userDataFold = new UserDataProjection();
  private FoldedLog folded;

  @BeforeEach
  void start() {
    folded = new FoldedLog(accountsFold, userDataFold);
  }

  @AfterEach
  void stop() {
    folded.close();
  }

  @Test
  void fold_accounts_answersWhatHolds() {
    folded.append(FACTS);
    Accounts accounts = new Accounts(folded.projections(), accountsFold, folded.pool());

    assertThat(await(accounts.account(ALICE)))
        .contains(new AccountRow(ALICE, true, false, "$argon2id$"));
    assertThat(await(accounts.account("@carol:hs1"))).isEmpty();
    assertThat(await(accounts.devices(ALICE)))
        .containsExactly(
            new DeviceRow(ALICE, "A", "Phone", null, null),
            new DeviceRow(ALICE, "B", null, "192.0.2.1", 7L));
    assertThat(await(accounts.devices("@bob:hs1"))).isEmpty();
    assertThat(await(accounts.token("hash-1"))).isEmpty();
    assertThat(await(accounts.token("hash-4")))
        .contains(new TokenRow(ALICE, "B", true, false, null, false));
    assertThat(await(accounts.profile(ALICE)))
        .hasToString("{\"displayname\":\"Alice\",\"m.tz\":\"Etc/UTC\"}");
    assertThat(await(accounts.memberProfiles(List.of(ALICE, "@bob:hs1"))))
        .hasToString("{@alice:hs1={\"displayname\":\"Alice\"}}");
    assertThat(await(accounts.filter(ALICE, "f"))).contains(object(1));
    assertThat(await(accounts.filter("@bob:hs1", "f"))).isEmpty();
  }

  @Test
  void fold_refreshedTokens_areNextOnesUntilTaken() {
    folded.append(FACTS);
    Accounts accounts = new Accounts(folded.projections(), accountsFold, folded.pool());

    for (String voided : List.of("hash-2", "hash-6", "hash-7")) {
      assertThat(await(accounts.token(voided))).as(voided).isEmpty();
    }
    assertThat(await(accounts.token("hash-8")))
        .contains(new TokenRow(ALICE, "A", true, false, 8L, false));
    assertThat(await(accounts.token("hash-9")))
        .contains(new TokenRow(ALICE, "A", true, false, 9L, true));
    assertThat(await(accounts.refreshToken("refresh-6"))).isEmpty();
    assertThat(await(accounts.refreshToken("refresh-7")))
        .contains(new RefreshTokenRow(ALICE, "A", true, null));
    assertThat(await(accounts.refreshToken("refresh-8")))
        .contains(new RefreshTokenRow(ALICE, "A", false, null));
    assertThat(await(accounts.refreshToken("refresh-9")))
        .contains(new RefreshTokenRow(ALICE, "A", false, "hash-9"));
  }

  @Test
  void fold_dehydratedDevices_lastUntilTheyAreReplacedOrClosed() {
    folded.append(FACTS);
    Accounts accounts = new Accounts(folded.projections(), accountsFold, folded.pool());

    assertThat(await(accounts.dehydratedDevice(ALICE)))
        .contains(new DehydratedDevice("B", object(2)));
    assertThat(await(accounts.dehydratedDevice("@bob:hs1"))).isEmpty();
  }

  @Test
  void fold_shortTokens_goWhenTheyAreSpentOrExpired() {
    folded.append(FACTS);
    Accounts accounts = new Accounts(folded.projections(), accountsFold, folded.pool());

    assertThat(await(accounts.shortToken(Purpose.LOGIN, "short-1"))).isEmpty();
    assertThat(await(accounts.shortToken(Purpose.LOGIN, "short-2"))).isEmpty();
    assertThat(await(accounts.shortToken(Purpose.LOGIN, "short-3"))).isEmpty();
    assertThat(await(accounts.shortToken(Purpose.OPENID, "short-3")))
        .contains(new ShortTokenRow(ALICE, Long.MAX_VALUE));
  }

  @Test
  void fold_userData_answersWhatHolds() {
    folded.append(FACTS);
    UserData data = new UserData(folded.projections(), userDataFold, folded.pool());

    assertThat(await(data.accountData(ALICE, UserData.GLOBAL, "org.a"))).contains(object(3));
    assertThat(await(data.accountData(ALICE, 0)))
        .containsExactly(
            new AccountDataRow(ROOM, "org.a", object(2), 29),
            new AccountDataRow("", "org.a", object(3), 30));
    assertThat(await(data.accountData(ALICE, 29))).hasSize(1);
    assertThat(await(data.receipts(ROOM, "@bob:hs1", 0)))
        .extracting(ReceiptSent::eventId)
        .containsExactly("$2", "$4");
    assertThat(await(data.receipts(ROOM, ALICE, 32)))
        .extracting(ReceiptSent::eventId)
        .containsExactly("$3", "$4");
    assertThat(await(data.receiptsOf(ALICE, ROOM))).hasSize(3);
  }

  @Test
  void fold_batchesOfAnySize_giveTheSameRows() {
    folded.append(FACTS);
    Map<String, Projections.Digest> atOnce = folded.digests();

    for (int size : new int[] {1, 2, 3, 7}) {
      assertThat(folded.refold(size)).isEqualTo(atOnce);
    }
  }

  private static ObjectNode object(int n) {
    return JsonNodeFactory.instance.objectNode().put("n", n);
  }
}
