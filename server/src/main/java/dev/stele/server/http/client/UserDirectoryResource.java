package dev.stele.server.http.client;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stele.api.Endpoint;
import dev.stele.api.ErrorCode;
import dev.stele.api.Limits;
import dev.stele.server.http.BadRequest;
import dev.stele.server.http.Bindings;
import dev.stele.server.http.Body;
import dev.stele.server.http.Exchange;
import dev.stele.server.http.Reply;
import dev.stele.server.http.Resource;
import dev.stele.server.projection.MutualRooms;
import dev.stele.server.projection.UserDirectory;
import dev.stele.stateres.id.RoomId;
import dev.stele.stateres.id.UserId;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Other users, and what one has in common with them. "User Directory" and "Mutual Rooms". */
public final class UserDirectoryResource implements Resource {
  private final UserDirectory users;
  private final MutualRooms mutual;

  public UserDirectoryResource(UserDirectory users, MutualRooms mutual) {
    this.users = users;
    this.mutual = mutual;
  }

  @Override
  public void bind(Bindings bindings) {
    bindings
        .on(Endpoint.SEARCH_USER_DIRECTORY, this::search)
        .on(Endpoint.GET_MUTUAL_ROOMS, this::mutualRooms);
  }

  private Future<Reply> search(Exchange exchange) {
    Body body = exchange.body();
    String term = body.requiredString("search_term");
    long limit = body.integer("limit", Limits.DEFAULT_USERS);
    if (limit < 1) {
      throw Identifiers.invalid("limit must be at least 1");
    }
    return users
        .search(exchange.requester().userId(), term, (int) Math.min(limit, Limits.MAX_USERS))
        .map(UserDirectoryResource::answer);
  }

  private static Reply answer(UserDirectory.Result found) {
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    ArrayNode results = answer.putArray("results");
    for (UserDirectory.Found user : found.users()) {
      ObjectNode json = results.addObject().put("user_id", user.userId());
      if (user.displayName() != null) {
        json.put("display_name", user.displayName());
      }
      if (user.avatarUrl() != null) {
        json.put("avatar_url", user.avatarUrl());
      }
    }
    return Reply.ok(answer.put("limited", found.limited()));
  }

  private Future<Reply> mutualRooms(Exchange exchange) {
    String asker = exchange.requester().userId();
    String other = other(exchange);
    if (other.equals(asker)) {
      throw Identifiers.invalid("user_id must be another user's");
    }
    String from = exchange.query("from");
    return mutual
        .of(asker, other, from == null ? "" : roomOf(from), Limits.MAX_MUTUAL_ROOMS)
        .map(UserDirectoryResource::answer);
  }

  private static String other(Exchange exchange) {
    String user = exchange.query("user_id");
    if (user == null) {
      throw new BadRequest(ErrorCode.MISSING_PARAM, "Missing: user_id");
    }
    return UserId.parse(user)
        .filter(id -> id.localpart().chars().allMatch(c -> c >= 0x21 && c <= 0x7E))
        .map(UserId::value)
        .orElseThrow(() -> Identifiers.invalid("The user ID provided was invalid"));
  }

  private static Reply answer(MutualRooms.Page page) {
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    page.rooms().forEach(answer.putArray("joined")::add);
    answer.put("count", page.count());
    if (page.more()) {
      byte[] last = page.rooms().get(page.rooms().size() - 1).getBytes(StandardCharsets.UTF_8);
      answer.put("next_batch", Base64.getUrlEncoder().withoutPadding().encodeToString(last));
    }
    return Reply.ok(answer);
  }

  /** A token is the last room that was told of, so that it does not expire. */
  private static String roomOf(String token) {
    try {
      String room = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
      if (RoomId.parse(room).isPresent()) {
        return room;
      }
    } catch (IllegalArgumentException e) {
      throw Identifiers.invalid("from is no token of this list");
    }
    throw Identifiers.invalid("from is no token of this list");
  }
}
