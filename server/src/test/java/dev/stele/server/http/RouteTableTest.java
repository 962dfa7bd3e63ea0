package dev.stele.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stele.api.Api;
import dev.stele.api.Endpoint;
import io.vertx.core.Future;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class RouteTableTest {
  private static final Map<Endpoint, EndpointHandler> ALL = new EnumMap<>(Endpoint.class);

  static {
    for (Endpoint endpoint : Endpoint.values()) {
      ALL.put(endpoint, x -> Future.succeededFuture(Reply.empty()));
    }
  }

  private final RouteTable table = new RouteTable(ALL, EnumSet.allOf(Api.class));

  @ParameterizedTest
  @EnumSource
  void find_pathOfAnyEndpoint_findsIt(Endpoint endpoint) {
    String path = endpoint.path().replace("{", "x%7B").replace("}", "%7D");
    RouteTable.Match match = table.find(path).by(endpoint.method());
    assertThat(match.endpoint()).isEqualTo(endpoint);
    for (String name : Segments.parameters(endpoint.path())) {
      assertThat(match.parameter(name)).isEqualTo("x{" + name + "}");
    }
  }

  @Test
  void find_literalAndParameter_prefersTheLiteral() {
    assertThat(table.find("/_matrix/client/v3/register/available").exists()).isTrue();
    assertThat(table.find("/_matrix/client/v3/pushrules/global/").allowed())
        .isEqualTo("GET, OPTIONS");
  }

  @Test
  void find_apiLeftOut_findsNothing() {
    var clientOnly = new RouteTable(ALL, Set.of(Api.CLIENT));
    assertThat(clientOnly.find("/_synapse/admin/v1/register").exists()).isFalse();
    assertThat(clientOnly.find("/_matrix/client/versions").exists()).isTrue();
  }

  @Test
  void parameter_ofAnotherName_isADefect() {
    RouteTable.Match match =
        table.find("/_matrix/client/v3/rooms/a/state").by(dev.stele.api.Method.GET);
    assertThatThrownBy(() -> match.parameter("userId"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
