package dev.stele.server.http.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stele.api.Endpoint;
import dev.stele.api.ErrorCode;
import dev.stele.api.MatrixError;
import dev.stele.server.account.ProfileChanges;
import dev.stele.server.account.ProfileFields;
import dev.stele.server.http.BadRequest;
import dev.stele.server.http.Bindings;
import dev.stele.server.http.Exchange;
import dev.stele.server.http.Reply;
import dev.stele.server.http.Resource;
import dev.stele.server.projection.Accounts;
import dev.stele.stateres.id.UserId;
import io.vertx.core.Future;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Users' profiles, which everybody may read. Client-server API, "Profiles". */
public final class ProfileResource implements Resource {
  private static final String FIELD = "keyName";

  private final Accounts accounts;
  private final ProfileChanges changes;

  public ProfileResource(Accounts accounts, ProfileChanges changes) {
    this.accounts = accounts;
    this.changes = changes;
  }

  @Override
  public void bind(Bindings bindings) {
    bindings
        .on(Endpoint.GET_USER_PROFILE, this::getProfile)
        .on(Endpoint.GET_PROFILE_FIELD, this::getField)
        .on(Endpoint.SET_PROFILE_FIELD, this::setField)
        .on(Endpoint.DELETE_PROFILE_FIELD, this::deleteField);
  }

  private Future<Reply> getProfile(Exchange exchange) {
    return profile(exchange).map(profile -> profile.map(Reply::ok).orElseGet(this::noProfile));
  }

  private Future<Reply> getField(Exchange exchange) {
    String field = exchange.path(FIELD);
    return profile(exchange)
        .map(
            profile ->
                profile
                    .map(fields -> fields.get(field))
                    .map(
                        value ->
                            JsonNodeFactory.instance.objectNode().<ObjectNode>set(field, value))
                    .map(Reply::ok)
                    .orElseGet(this::noProfile));
  }

  private Future<Reply> setField(Exchange exchange) {
    String userId = Own.userId(exchange);
    String field = exchange.path(FIELD);
    refuse(ProfileFields.complaint(field));
    JsonNode value = exchange.body().node().get(field);
    if (value == null) {
      throw new BadRequest(ErrorCode.MISSING_PARAM, "Missing: " + field);
    }
    refuse(ProfileFields.complaint(field, value));
    return change(userId, field, value);
  }

  private Future<Reply> deleteField(Exchange exchange) {
    String userId = Own.userId(exchange);
    String field = exchange.path(FIELD);
    refuse(ProfileFields.complaint(field));
    return change(userId, field, null);
  }

  private Future<Reply> change(String userId, String field, @Nullable JsonNode value) {
    return changes
        .set(userId, field, value)
        .map(refusal -> refusal.map(Reply::error).orElseGet(Reply::empty));
  }

  /** The profile of the user of the path; nothing if there is no such user. */
  private Future<Optional<ObjectNode>> profile(Exchange exchange) {
    String userId = exchange.path("userId");
    if (!UserId.isValid(userId)) {
      throw new BadRequest(ErrorCode.INVALID_PARAM, "Not a user id: " + userId);
    }
    return accounts
        .account(userId)
        .compose(
            account ->
                account.isEmpty()
                    ? Future.succeededFuture(Optional.empty())
                    : accounts.profile(userId).map(Optional::of));
  }

  private Reply noProfile() {
    return Reply.error(ErrorCode.NOT_FOUND, "There is nothing in a profile by that name");
  }

  private static void refuse(Optional<MatrixError> complaint) {
    if (complaint.isPresent()) {
      throw new BadRequest(complaint.get());
    }
  }
}
