package dev.stele.server.projection;

import dev.stele.server.record.DehydratedDeviceStored;
import dev.stele.server.record.DeviceOpened;
import dev.stele.server.record.DeviceRenamed;
import dev.stele.server.record.DeviceSeen;
import dev.stele.server.record.DevicesClosed;
import dev.stele.server.record.Entry;
import dev.stele.server.record.Fact;
import dev.stele.server.record.FilterCreated;
import dev.stele.server.record.LoginTokenSpent;
import dev.stele.server.record.ProfileFieldSet;
import dev.stele.server.record.ShortTokenIssued;
import dev.stele.server.record.TokensRefreshed;
import dev.stele.server.record.TokensTaken;
import dev.stele.server.record.UserRegistered;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;

/** Accounts, with their devices, profiles and filters. */
public final class AccountsProjection implements Projection {
  private static final int VERSION = 4;

  @Override
  public String name() {
    return "accounts";
  }

  @Override
  public int version() {
    return VERSION;
  }

  @Override
  public List<String> tables() {
    return List.of(
        "account", "device", "dehydrated_device", "short_token", "profile", "user_word", "filter");
  }

  @Override
  public boolean folds(Fact fact) {
    return fact instanceof UserRegistered
        || isOfDevices(fact)
        || fact instanceof ShortTokenIssued
        || fact instanceof LoginTokenSpent
        || fact instanceof ProfileFieldSet
        || fact instanceof FilterCreated;
  }

  @Override
  public Future<Void> fold(SqlConnection transaction, List<Entry> entries) {
    List<Tuple> accounts = new ArrayList<>();
    List<Tuple> filters = new ArrayList<>();
    DeviceRows devices = new DeviceRows();
    DehydratedRows dehydrated = new DehydratedRows();
    ShortTokenRows tokens = new ShortTokenRows();
    ProfileRows profiles = new ProfileRows();
    UserWordRows words = new UserWordRows();
    for (Entry entry : entries) {
      Fact fact = entry.fact();
      if (fact instanceof UserRegistered user) {
        accounts.add(Tuple.of(user.userId(), user.admin(), user.guest(), user.passwordHash()));
        words.register(user.userId());
      } else if (isOfDevices(fact)) {
        fold(devices, fact);
        dehydrated.fold(fact);
      } else if (fact instanceof ShortTokenIssued issued) {
        tokens.issue(entry, issued);
      } else if (fact instanceof LoginTokenSpent spent) {
        tokens.spend(spent);
      } else if (fact instanceof ProfileFieldSet set) {
        profiles.set(set);
        words.set(set);
      } else if (fact instanceof FilterCreated created && created.filter() != null) {
        filters.add(Tuple.of(created.userId(), created.filterId(), created.filter().toString()));
      }
    }
    return Batch.execute(
            transaction,
            "INSERT INTO projection.account (user_id, admin, guest, password_hash)"
                + " VALUES ($1, $2, $3, $4)",
            accounts)
        .compose(written -> devices.write(transaction))
        .compose(written -> dehydrated.write(transaction))
        .compose(written -> tokens.write(transaction))
        .compose(written -> profiles.write(transaction))
        .compose(written -> words.write(transaction))
        .compose(
            written ->
                Batch.execute(
                    transaction,
                    "INSERT INTO projection.filter (user_id, filter_id, filter)"
                        + " VALUES ($1, $2, $3)",
                    filters));
  }

  private static boolean isOfDevices(Fact fact) {
    return fact instanceof DeviceOpened
        || fact instanceof DevicesClosed
        || fact instanceof DeviceRenamed
        || fact instanceof DeviceSeen
        || fact instanceof TokensRefreshed
        || fact instanceof TokensTaken
        || fact instanceof DehydratedDeviceStored;
  }

  private static void fold(DeviceRows devices, Fact fact) {
    if (fact instanceof DeviceOpened opened) {
      devices.open(opened);
    } else if (fact instanceof DevicesClosed closed) {
      devices.close(closed);
    } else if (fact instanceof DeviceRenamed renamed) {
      devices.rename(renamed);
    } else if (fact instanceof DeviceSeen seen) {
      devices.see(seen);
    } else if (fact instanceof TokensRefreshed refreshed) {
      devices.refresh(refreshed);
    } else if (fact instanceof TokensTaken taken) {
      devices.take(taken);
    }
  }
}
