package dev.stele.server.http.client;

import dev.stele.server.event.ClientEvents;
import dev.stele.server.http.Bindings;
import dev.stele.server.http.Resource;
import dev.stele.server.room.Profiles;
import dev.stele.server.room.RestrictedJoins;
import dev.stele.server.room.RoomPowers;
import java.util.ArrayList;
import java.util.List;

/** Everything about rooms and following them, put together. */
public final class RoomApi implements Resource {
  private final List<Resource> resources = new ArrayList<>();

  public RoomApi(RoomServices services) {
    Profiles profiles = services.accounts()::memberProfiles;
    var events = new ClientEvents(services.events());
    var powers = new RoomPowers(services.rooms(), services.events());
    var rights = new RoomRights(services.rooms(), powers);
    var permission = InvitePermission.of(services.userData(), rights);
    var aliases = new Aliases(services.serverName(), services.rooms());
    var changes =
        new MembershipChanges(
            services.serverName(),
            services.shards(),
            profiles,
            new RestrictedJoins(services.serverName(), services.rooms(), services.events(), powers),
            permission);
    addRooms(services, profiles, changes, aliases, permission);
    resources.add(
        new SendResource(
            services.shards(),
            services.events(),
            new StateChecks(services.rooms(), services.events(), aliases),
            new MemberState(changes, services.rooms(), services.shards())));
    resources.add(new StateResource(services.rooms(), events, services.writer()));
    resources.add(new MembersResource(services.rooms(), events, services.writer()));
    resources.add(
        new HistoryResource(services.rooms(), services.events(), events, services.writer()));
    resources.add(new TimestampResource(services.rooms()));
    resources.add(
        new AliasResource(
            services.serverName(), aliases, services.rooms(), rights, services.log()));
    resources.add(new DirectoryResource(services.rooms(), rights, services.log()));
    resources.add(new ReceiptResource(rights, services.events(), services.log(), services.clock()));
    resources.add(new TypingResource(services.typing(), rights));
    resources.add(new SyncResource(services.sync(), services.accounts()));
  }

  @Override
  public void bind(Bindings bindings) {
    resources.forEach(resource -> resource.bind(bindings));
  }

  private void addRooms(
      RoomServices services,
      Profiles profiles,
      MembershipChanges changes,
      Aliases aliases,
      InvitePermission permission) {
    var policy =
        new RoomPolicy(
            services.serverName(),
            services.defaultVersion(),
            services.settings().roomDirectory().anyoneMayPublish());
    resources.add(
        new CreateRoomResource(
            policy, services.shards(), services.factory(), profiles, permission));
    resources.add(
        new ReportResource(
            services.rooms(), services.accounts(), services.events(), services.log()));
    resources.add(new MembershipResource(changes, aliases, services.rooms(), services.log()));
  }
}
