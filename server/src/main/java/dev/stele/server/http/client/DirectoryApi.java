package dev.stele.server.http.client;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.stele.server.directory.RoomPreviews;
import dev.stele.server.directory.SpaceHierarchy;
import dev.stele.server.directory.SpaceWalks;
import dev.stele.server.event.ClientEvents;
import dev.stele.server.http.Bindings;
import dev.stele.server.http.Resource;
import dev.stele.server.projection.Directories;
import java.util.List;

/** Everything that finds rooms and users, put together. */
final class DirectoryApi implements Resource {
  private final List<Resource> resources;

  DirectoryApi(RoomServices services, RoomRights rights, RoomPolicy policy, Aliases aliases) {
    Directories directories = services.directories();
    SpaceWalks walks = new SpaceWalks(Ticker.systemTicker());
    walks.monitor(services.meters());
    RoomPreviews previews = new RoomPreviews(directories.rooms());
    this.resources =
        List.of(
            new AliasResource(
                services.serverName(), aliases, services.rooms(), rights, services.log()),
            new DirectoryResource(services.rooms(), rights, policy, services.log()),
            new PublicRoomsResource(services.serverName(), directories.published()),
            new RoomPreviewResource(aliases, previews),
            new SpaceResource(
                previews,
                new SpaceHierarchy(previews, services.rooms(), new ClientEvents(services.events())),
                walks),
            new UserDirectoryResource(directories.users(), directories.mutual()),
            new ThirdPartyResource());
  }

  @Override
  public void bind(Bindings bindings) {
    resources.forEach(resource -> resource.bind(bindings));
  }
}
