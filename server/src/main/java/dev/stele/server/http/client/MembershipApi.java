package dev.stele.server.http.client;

import dev.stele.server.event.ClientEvents;
import dev.stele.server.http.Bindings;
import dev.stele.server.http.Resource;
import dev.stele.server.identity.IdentityServers;
import dev.stele.server.room.Profiles;
import dev.stele.server.room.RestrictedJoins;
import dev.stele.server.room.RoomIds;
import dev.stele.server.room.RoomPowers;
import java.util.ArrayList;
import java.util.List;

/** Everything that changes rooms and who is in them, put together. */
final class MembershipApi implements Resource {
  private final List<Resource> resources = new ArrayList<>();

  MembershipApi(
      RoomServices services,
      RoomPowers powers,
      RoomRights rights,
      RoomPolicy policy,
      Aliases aliases) {
    Profiles profiles = services.accounts()::memberProfiles;
    var contents = new MemberContents(profiles);
    var permission = InvitePermission.of(services.userData(), rights);
    var state = new CurrentState(services.rooms(), new ClientEvents(services.events()));
    var oldRooms = new OldRooms(services.rooms(), state);
    var servers = new IdentityServers(services.outgoing());
    var thirdParties = new ThirdPartyInvites(servers, state, profiles, services.shards());
    var changes =
        new MembershipChanges(
            services.serverName(), services.shards(), contents, permission, services.typing());
    var carried = new CarriedSettings(oldRooms, services.userData(), services.accountData());
    var joins =
        new Joins(
            services.shards(),
            contents,
            new RestrictedJoins(services.serverName(), services.rooms(), services.events(), powers),
            new ThirdPartyProofs(services.serverName(), state, servers),
            carried);
    resources.add(
        new CreateRoomResource(
            policy,
            services.shards(),
            services.factory(),
            profiles,
            new CreateRoomResource.Invitations(permission, thirdParties)));
    resources.add(
        new MembershipResource(
            joins,
            changes,
            thirdParties,
            new MembershipResource.Known(aliases, services.rooms(), rights),
            services.log()));
    var newRooms =
        new UpgradeResource.NewRooms(
            services.factory(), new RoomIds(services.serverName()), carried);
    resources.add(new UpgradeResource(rights, oldRooms, profiles, services.shards(), newRooms));
    resources.add(
        new SendResource(
            services.shards(),
            services.events(),
            new StateChecks(services.rooms(), services.events(), aliases),
            new MemberState(joins, changes, contents, services.rooms(), services.shards()),
            new RelationChecks(services.rooms(), services.relations(), services.events())));
    resources.add(
        new ReportResource(
            services.rooms(), services.accounts(), services.events(), services.log()));
  }

  @Override
  public void bind(Bindings bindings) {
    resources.forEach(resource -> resource.bind(bindings));
  }
}
