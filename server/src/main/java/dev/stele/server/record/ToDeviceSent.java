package dev.stele.server.record;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stele.eventstore.Claim;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A user sent messages to devices. What goes to several devices alike is kept once.
 *
 * @param sender the user
 * @param transaction the request of a local device that led to it, or null
 * @param type the event type of every message
 * @param recipients devices of this server; those that are gone by now get nothing
 * @param remote devices of other servers as the sender named them, {@code *} included
 * @param sizes how many bytes each of the contents has, as JSON
 * @param contents the different contents
 */
public record ToDeviceSent(
    String sender,
    @Nullable Transaction transaction,
    String type,
    List<Recipient> recipients,
    List<Recipient> remote,
    List<Integer> sizes,
    @Erasable @Nullable List<JsonNode> contents)
    implements Fact {
  public ToDeviceSent {
    recipients = List.copyOf(recipients);
    remote = List.copyOf(remote);
    sizes = List.copyOf(sizes);
  }

  /**
   * Devices of one user that get the same message.
   *
   * @param userId the user
   * @param deviceIds the devices, each of which gets no more than one message of a record
   * @param content which of the contents
   */
  public record Recipient(String userId, List<String> deviceIds, int content) {}

  @Override
  public String stream() {
    return Fact.userStream(sender);
  }

  @Override
  public List<Claim> claims() {
    return transaction == null ? List.of() : List.of(Claims.transaction(transaction));
  }
}
