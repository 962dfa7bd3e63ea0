package dev.stele.server.encryption;

import dev.stele.eventstore.Appended;
import dev.stele.eventstore.Claim;
import dev.stele.eventstore.Overloaded;
import dev.stele.server.encryption.KeyClaims.Handed;
import dev.stele.server.encryption.KeyClaims.Wanted;
import dev.stele.server.projection.ClaimableKey;
import dev.stele.server.projection.EncryptionKeys;
import dev.stele.server.projection.WantedKeys;
import dev.stele.server.record.Claims;
import dev.stele.server.record.KeysClaimed;
import dev.stele.server.record.KeysClaimed.ClaimedKey;
import dev.stele.server.record.RecordLog;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Hands out keys for several requests at once. When another writer was faster with one of them, the
 * round begins again without that key.
 */
final class ClaimRound {
  private static final int TRIES = 10;

  private final Source source;
  private final List<ClaimRequest> requests;

  /** Claims of one-time keys that are held, although the keys are on offer. */
  private final Set<Claim> spent = new HashSet<>();

  ClaimRound(Source source, List<ClaimRequest> requests) {
    this.source = source;
    this.requests = requests;
  }

  /** Where keys are found, and where they are handed out. */
  record Source(RecordLog log, EncryptionKeys keys) {}

  /** Answers every request, or fails all. Never fails itself. */
  Future<Void> run() {
    return Future.<Void>succeededFuture()
        .compose(begun -> attempt(1))
        .onSuccess(answers -> answers.forEach((request, keys) -> request.answer().complete(keys)))
        .onFailure(failure -> requests.forEach(request -> request.answer().fail(failure)))
        .<Void>mapEmpty()
        .otherwiseEmpty();
  }

  private Future<Map<ClaimRequest, Map<Wanted, Handed>>> attempt(int number) {
    Map<Wanted, List<ClaimRequest>> wanted = wanted();
    List<WantedKeys> questions = new ArrayList<>();
    wanted.forEach(
        (key, askers) ->
            questions.add(
                new WantedKeys(
                    key.userId(), key.deviceId(), key.algorithm(), askers.size() + spent.size())));
    return source
        .keys
        .claimable(questions)
        .compose(keys -> append(new Assignment(wanted, keys, spent), number));
  }

  private Map<Wanted, List<ClaimRequest>> wanted() {
    Map<Wanted, List<ClaimRequest>> wanted = new LinkedHashMap<>();
    for (ClaimRequest request : requests) {
      for (Wanted key : request.wanted()) {
        wanted.computeIfAbsent(key, same -> new ArrayList<>()).add(request);
      }
    }
    return wanted;
  }

  private Future<Map<ClaimRequest, Map<Wanted, Handed>>> append(Assignment assignment, int number) {
    List<KeysClaimed> facts = assignment.facts();
    return facts.isEmpty()
        ? Future.succeededFuture(assignment.answers)
        : source
            .log
            .append(facts)
            .compose(
                appended ->
                    appended instanceof Appended.Committed
                        ? Future.succeededFuture(assignment.answers)
                        : again(facts, number));
  }

  private Future<Map<ClaimRequest, Map<Wanted, Handed>>> again(
      List<KeysClaimed> facts, int number) {
    if (number == TRIES) {
      return Future.failedFuture(new Overloaded());
    }
    List<Claim> claims = facts.stream().flatMap(fact -> fact.claims().stream()).toList();
    return source
        .log
        .refresh()
        .compose(refreshed -> source.log.holders(claims))
        .compose(
            holders -> {
              spent.addAll(holders.keySet());
              return attempt(number + 1);
            });
  }

  /** Which request gets which key. */
  private static final class Assignment {
    private final Map<ClaimRequest, Map<Wanted, Handed>> answers = new LinkedHashMap<>();
    private final Map<String, List<ClaimedKey>> claimed = new LinkedHashMap<>();

    Assignment(Map<Wanted, List<ClaimRequest>> wanted, List<ClaimableKey> keys, Set<Claim> spent) {
      Map<Integer, List<ClaimableKey>> byWanted = new HashMap<>();
      keys.forEach(
          key -> byWanted.computeIfAbsent(key.wanted(), same -> new ArrayList<>()).add(key));
      int number = 0;
      for (Map.Entry<Wanted, List<ClaimRequest>> entry : wanted.entrySet()) {
        entry.getValue().forEach(request -> answers.computeIfAbsent(request, r -> new HashMap<>()));
        assign(
            entry.getKey(),
            entry.getValue(),
            byWanted.getOrDefault(number++, List.of()).stream()
                .filter(key -> !spent.contains(claim(entry.getKey(), key)))
                .toList());
      }
    }

    private void assign(Wanted wanted, List<ClaimRequest> askers, List<ClaimableKey> keys) {
      List<ClaimableKey> oneTime =
          keys.stream()
              .filter(key -> key.digest() != null)
              .sorted(
                  Comparator.comparingLong(ClaimableKey::uploaded)
                      .thenComparing(ClaimableKey::keyId))
              .limit(askers.size())
              .toList();
      for (int i = 0; i < oneTime.size(); i++) {
        hand(wanted, askers.get(i), oneTime.get(i));
      }
      List<ClaimRequest> others = askers.subList(oneTime.size(), askers.size());
      keys.stream()
          .filter(key -> key.digest() == null)
          .findFirst()
          .ifPresent(fallback -> handFallback(wanted, others, fallback));
    }

    private void hand(Wanted wanted, ClaimRequest asker, ClaimableKey key) {
      answer(asker, wanted, key);
      claim(wanted.userId(), claimedKey(wanted, key));
    }

    private void handFallback(Wanted wanted, List<ClaimRequest> askers, ClaimableKey key) {
      askers.forEach(asker -> answer(asker, wanted, key));
      if (!askers.isEmpty() && !key.used()) {
        claim(wanted.userId(), claimedKey(wanted, key));
      }
    }

    private void answer(ClaimRequest asker, Wanted wanted, ClaimableKey key) {
      answers
          .computeIfAbsent(asker, same -> new HashMap<>())
          .put(wanted, new Handed(key.keyId(), key.key()));
    }

    private void claim(String userId, ClaimedKey key) {
      claimed.computeIfAbsent(userId, same -> new ArrayList<>()).add(key);
    }

    List<KeysClaimed> facts() {
      List<KeysClaimed> facts = new ArrayList<>();
      claimed.forEach((userId, keys) -> facts.add(new KeysClaimed(userId, keys)));
      return facts;
    }

    private static Claim claim(Wanted wanted, ClaimableKey key) {
      return Claims.oneTimeKey(wanted.userId(), claimedKey(wanted, key));
    }

    private static ClaimedKey claimedKey(Wanted wanted, ClaimableKey key) {
      return new ClaimedKey(wanted.deviceId(), key.keyId(), key.uploaded(), key.digest());
    }
  }
}
