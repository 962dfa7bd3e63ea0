package dev.stele.server.http.client;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stele.api.Endpoint;
import dev.stele.api.ErrorCode;
import dev.stele.server.http.Bindings;
import dev.stele.server.http.Exchange;
import dev.stele.server.http.Reply;
import dev.stele.server.http.Resource;
import dev.stele.server.settings.Settings;
import dev.stele.stateres.version.RoomVersion;
import io.vertx.core.Future;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** What this server is and can do. Client-server API, "Server Discovery" and "Capabilities". */
public final class VersionsResource implements Resource {
  /** Before 1.1 the specification was versioned otherwise; some clients still ask for those. */
  private static final List<String> HISTORICAL = List.of("r0.5.0", "r0.6.0", "r0.6.1");

  private static final int NEWEST_MINOR = 19;

  private final Reply versions = Reply.ok(versions());
  private final Reply wellKnown;
  private final Reply capabilities;

  public VersionsResource(Settings settings) {
    this.wellKnown = wellKnown(settings.publicBaseUrl());
    this.capabilities = Reply.ok(capabilities(settings));
  }

  @Override
  public void bind(Bindings bindings) {
    bindings
        .on(Endpoint.GET_VERSIONS, this::getVersions)
        .on(Endpoint.GET_WELLKNOWN, this::getWellKnown)
        .on(Endpoint.GET_CAPABILITIES, this::getCapabilities);
  }

  private Future<Reply> getVersions(Exchange exchange) {
    return Future.succeededFuture(versions);
  }

  private Future<Reply> getWellKnown(Exchange exchange) {
    return Future.succeededFuture(wellKnown);
  }

  private Future<Reply> getCapabilities(Exchange exchange) {
    return Future.succeededFuture(capabilities);
  }

  private static ObjectNode versions() {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    HISTORICAL.forEach(version -> body.withArray("/versions").add(version));
    IntStream.rangeClosed(1, NEWEST_MINOR)
        .forEach(minor -> body.withArray("/versions").add("v1." + minor));
    body.putObject("unstable_features")
        .put("org.matrix.simplified_msc3575", true)
        .put("org.matrix.msc3814", true);
    return body;
  }

  private static Reply wellKnown(Optional<URI> baseUrl) {
    if (baseUrl.isEmpty()) {
      return Reply.error(ErrorCode.NOT_FOUND, "This server does not say where it is reached");
    }
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.putObject("m.homeserver").put("base_url", baseUrl.get().toString());
    return Reply.ok(body);
  }

  private static ObjectNode capabilities(Settings settings) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    ObjectNode capabilities = body.putObject("capabilities");
    ObjectNode roomVersions = capabilities.putObject("m.room_versions");
    roomVersions.put("default", settings.defaultRoomVersion());
    ObjectNode available = roomVersions.putObject("available");
    RoomVersion.all().forEach(version -> available.put(version.id(), "stable"));
    capabilities.putObject("m.change_password").put("enabled", false);
    capabilities.putObject("m.3pid_changes").put("enabled", false);
    capabilities.putObject("m.get_login_token").put("enabled", settings.sessions().loginTokens());
    capabilities.putObject("m.forget_forced_upon_leave").put("enabled", false);
    capabilities.putObject("m.profile_fields").put("enabled", true);
    capabilities.putObject("m.set_displayname").put("enabled", true);
    capabilities.putObject("m.set_avatar_url").put("enabled", true);
    return body;
  }
}
