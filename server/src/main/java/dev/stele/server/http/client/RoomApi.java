package dev.stele.server.http.client;

import dev.stele.server.account.ReceiptChanges;
import dev.stele.server.event.ClientEvents;
import dev.stele.server.history.RoomWatch;
import dev.stele.server.http.Bindings;
import dev.stele.server.http.Resource;
import dev.stele.server.room.RoomPowers;
import dev.stele.server.search.Results;
import dev.stele.server.search.RoomSearch;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;

/** Everything about rooms and following them, put together. */
public final class RoomApi implements Resource {
  private final List<Resource> resources = new ArrayList<>();
  private final RoomWatch watch;

  public RoomApi(RoomServices services) {
    this.watch = new RoomWatch(services.log());
    watch.monitor(services.meters());
    var events = new ClientEvents(services.events());
    var powers = new RoomPowers(services.rooms(), services.events());
    var rights = new RoomRights(services.rooms(), powers);
    var aliases = new Aliases(services.serverName(), services.rooms());
    var policy =
        new RoomPolicy(
            services.serverName(),
            services.defaultVersion(),
            services.settings().roomDirectory().anyoneMayPublish());
    resources.add(new MembershipApi(services, powers, rights, policy, aliases));
    resources.add(new StateResource(services.rooms(), events, services.writer()));
    resources.add(new MembersResource(services.rooms(), events, services.writer()));
    resources.add(
        new HistoryResource(
            services.rooms(), services.relations(), services.events(), events, services.writer()));
    resources.add(
        new RelationsResource(
            services.rooms(), services.relations(), services.events(), events, services.writer()));
    resources.add(
        new SearchResource(
            new RoomSearch(
                services.rooms(),
                services.search(),
                new Results(services.rooms(), services.relations(), events)),
            services.writer()));
    resources.add(
        new EventStreamResource(
            services.log(), services.rooms(), services.events(), watch, services.writer()));
    resources.add(
        new InitialSyncResource(
            services.log(), services.rooms(), services.userData(), events, services.writer()));
    resources.add(new TimestampResource(services.rooms()));
    resources.add(new DirectoryApi(services, rights, policy, aliases));
    var receipts =
        new ReceiptChanges(
            services.log(), services.userData(), services.events(), services.clock());
    receipts.monitor(services.meters());
    resources.add(new ReceiptResource(rights, services.events(), receipts));
    resources.add(
        new NotificationsResource(
            services.unread().notifications(), events, services.writer(), services.log()));
    resources.add(new PresenceResource(services.presences(), services.rooms(), services.clock()));
    resources.add(new TypingResource(services.typing(), rights));
    resources.add(new ToDeviceResource(services.toDevice()));
    resources.add(new KeyChangesResource(services.sync()));
    var sync = new SyncResource(services.sync(), services.accounts(), services.presences());
    sync.monitor(services.meters());
    resources.add(sync);
    resources.add(new SlidingSyncResource(services.sync(), services.presences()));
  }

  /** Stops following the log. */
  public Future<Void> close() {
    return watch.close();
  }

  @Override
  public void bind(Bindings bindings) {
    resources.forEach(resource -> resource.bind(bindings));
  }
}
