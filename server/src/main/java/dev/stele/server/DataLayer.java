package dev.stele.server;

import dev.stele.server.projection.Accounts;
import dev.stele.server.projection.AccountsProjection;
import dev.stele.server.projection.BackupProjection;
import dev.stele.server.projection.Backups;
import dev.stele.server.projection.DeviceLists;
import dev.stele.server.projection.DeviceListsProjection;
import dev.stele.server.projection.Directories;
import dev.stele.server.projection.EncryptionKeys;
import dev.stele.server.projection.EncryptionProjection;
import dev.stele.server.projection.Eraser;
import dev.stele.server.projection.InboxLimits;
import dev.stele.server.projection.InboxProjection;
import dev.stele.server.projection.Inboxes;
import dev.stele.server.projection.Projection;
import dev.stele.server.projection.Projections;
import dev.stele.server.projection.Relations;
import dev.stele.server.projection.RelationsProjection;
import dev.stele.server.projection.Rooms;
import dev.stele.server.projection.RoomsProjection;
import dev.stele.server.projection.SearchIndex;
import dev.stele.server.projection.SearchProjection;
import dev.stele.server.projection.UserData;
import dev.stele.server.projection.UserDataProjection;
import dev.stele.server.record.RecordLog;
import dev.stele.server.settings.Settings;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.List;

/**
 * The log with the projections behind it: all that a server keeps.
 *
 * @param storage the log and its database
 * @param projections what is folded from it
 */
record DataLayer(
    Storage storage,
    Projections projections,
    Rooms rooms,
    Relations relations,
    SearchIndex search,
    Accounts accounts,
    UserData userData,
    EncryptionKeys encryptionKeys,
    Inboxes inboxes,
    DeviceLists deviceLists,
    Backups backups,
    Directories directories) {

  /** Opens it; completes once every projection has folded the whole log. */
  static Future<DataLayer> open(
      Vertx vertx, Settings settings, InstantSource clock, MeterRegistry metrics) {
    return Storage.open(vertx, settings, clock, metrics)
        .compose(storage -> OnFailure.close(start(storage), storage::close));
  }

  /** Empties every projection and folds the whole log again. */
  static Future<DataLayer> rebuild(
      Vertx vertx, Settings settings, InstantSource clock, MeterRegistry metrics) {
    return Storage.open(vertx, settings, clock, metrics)
        .compose(
            storage ->
                OnFailure.close(
                    Projections.clear(Folds.of(storage.log()).all(), storage.pool())
                        .compose(cleared -> start(storage)),
                    storage::close));
  }

  RecordLog log() {
    return storage.log();
  }

  Future<Void> close() {
    return projections.close().eventually(storage::close);
  }

  private static Future<DataLayer> start(Storage storage) {
    Folds folds = Folds.of(storage.log());
    return Projections.start(folds.all(), storage.log(), storage.pool())
        .compose(
            projections ->
                projections
                    .caughtUp()
                    .map(
                        caughtUp ->
                            new DataLayer(
                                storage,
                                projections,
                                new Rooms(projections, folds.rooms, storage.pool()),
                                new Relations(projections, folds.relations, storage.pool()),
                                new SearchIndex(projections, folds.search, storage.pool()),
                                new Accounts(projections, folds.accounts, storage.pool()),
                                new UserData(projections, folds.userData, storage.pool()),
                                new EncryptionKeys(projections, folds.encryption, storage.pool()),
                                new Inboxes(projections, folds.inbox, storage.pool()),
                                new DeviceLists(
                                    projections, folds.deviceLists, folds.rooms, storage.pool()),
                                new Backups(projections, folds.backup, storage.pool()),
                                Directories.of(
                                    projections, folds.rooms, folds.accounts, storage.pool()))));
  }

  /** The folds that a server runs. */
  private record Folds(
      RoomsProjection rooms,
      RelationsProjection relations,
      SearchProjection search,
      AccountsProjection accounts,
      UserDataProjection userData,
      EncryptionProjection encryption,
      InboxProjection inbox,
      DeviceListsProjection deviceLists,
      BackupProjection backup,
      Eraser eraser) {
    static Folds of(RecordLog log) {
      return new Folds(
          new RoomsProjection(log),
          new RelationsProjection(log),
          new SearchProjection(log),
          new AccountsProjection(),
          new UserDataProjection(),
          new EncryptionProjection(),
          new InboxProjection(log, InboxLimits.DEFAULT),
          new DeviceListsProjection(),
          new BackupProjection(log),
          new Eraser(log));
    }

    List<Projection> all() {
      return List.of(
          rooms,
          relations,
          search,
          accounts,
          userData,
          encryption,
          inbox,
          deviceLists,
          backup,
          eraser);
    }
  }
}
