package dev.stele.server.client;

import java.util.List;
import kotlin.coroutines.Continuation;
import net.folivo.trixnity.client.key.KeyService;
import net.folivo.trixnity.client.verification.ActiveSasVerificationMethod;
import net.folivo.trixnity.client.verification.ActiveSasVerificationState;
import net.folivo.trixnity.client.verification.ActiveVerification;
import net.folivo.trixnity.client.verification.ActiveVerificationState;
import net.folivo.trixnity.client.verification.SelfVerificationMethod;
import net.folivo.trixnity.client.verification.VerificationService;
import net.folivo.trixnity.client.verification.VerificationService.SelfVerificationMethods;
import net.folivo.trixnity.clientserverapi.client.UIA;
import net.folivo.trixnity.core.model.events.m.key.verification.VerificationMethod;
import net.folivo.trixnity.crypto.key.DeviceTrustLevel;
import org.jspecify.annotations.Nullable;

/** How a Trixnity client becomes one that its owner's other devices trust. */
@SuppressWarnings({"unchecked", "rawtypes"}) // Continuations take whatever the functions give.
final class TrixnityTrust {
  private final PrivateTrixnity trixnity;
  private final KeyService keys;
  private final VerificationService verification;

  TrixnityTrust(PrivateTrixnity trixnity) {
    this.trixnity = trixnity;
    this.keys = trixnity.service(KeyService.class);
    this.verification = trixnity.service(VerificationService.class);
  }

  /** Makes cross-signing keys, secret storage and a key backup. Returns the recovery key. */
  String secure() {
    KeyService.BootstrapCrossSigning made =
        (KeyService.BootstrapCrossSigning)
            Suspending.await(
                "cross-signing keys",
                continuation -> keys.bootstrapCrossSigning((Continuation) continuation));
    Object result = Suspending.unbox(Mangled.get(made, "result"));
    if (!(result instanceof UIA.Success)) {
      throw new AssertionError("the first keys of a user need no confirmation: " + result);
    }
    return made.getRecoveryKey();
  }

  /** Becomes trusted by the passphrase that the recovery key was made from. */
  void recover(String passphrase) {
    Class<?> method = SelfVerificationMethod.AesHmacSha2RecoveryKeyWithPbkdf2Passphrase.class;
    Mangled.call(Object.class, method, offered(method), "verify", passphrase);
  }

  /**
   * Waits until the client knows that it is one of its owner's devices.
   *
   * @param change see {@link PrivateTrixnity#knows}
   */
  void isTrusted(Runnable change) {
    Suspending.first(
        "being trusted",
        keys.getTrustLevel(trixnity.client().getUserId(), trixnity.client().getDeviceId()),
        level -> level instanceof DeviceTrustLevel.CrossSigned signed && signed.getVerified(),
        change);
  }

  /** Asks the user's other devices to compare short strings. Continue when one has agreed. */
  Comparison ask() {
    Class<?> method = SelfVerificationMethod.CrossSignedDeviceVerification.class;
    return new Comparison(
        (ActiveVerification)
            Mangled.call(Object.class, method, offered(method), "createDeviceVerification"));
  }

  /** Agrees to compare short strings with another of the user's devices, which asks for it. */
  Comparison agree() {
    ActiveVerification asked =
        Suspending.first(verification.getActiveDeviceVerification(), ActiveVerification.class);
    ActiveVerificationState.TheirRequest request =
        Suspending.first(asked.getState(), ActiveVerificationState.TheirRequest.class);
    Suspending.await(
        "agreement to a verification", continuation -> request.ready((Continuation) continuation));
    return new Comparison(asked);
  }

  /** A way that the client offers, by now or a little later, to be verified. */
  private Object offered(Class<?> method) {
    Object methods =
        Suspending.first(
            "an offer of " + method.getSimpleName(),
            verification.getSelfVerificationMethods(),
            offer -> find(offer, method) != null);
    return find(methods, method);
  }

  private static @Nullable Object find(@Nullable Object offer, Class<?> method) {
    return offer instanceof SelfVerificationMethods.CrossSigningEnabled enabled
        ? enabled.getMethods().stream().filter(method::isInstance).findFirst().orElse(null)
        : null;
  }

  /** A verification of two devices by numbers that both show. */
  static final class Comparison {
    private final ActiveVerification verification;

    Comparison(ActiveVerification verification) {
      this.verification = verification;
    }

    /** Starts to compare, once the other side has agreed. */
    void start() {
      ActiveVerificationState.Ready ready = reach(ActiveVerificationState.Ready.class);
      Suspending.await(
          "the start of a verification",
          continuation ->
              ready.start(VerificationMethod.Sas.INSTANCE, (Continuation) continuation));
    }

    /** Accepts what the other side has started. */
    void accept() {
      ActiveSasVerificationState.TheirSasStart start =
          Suspending.first(sas().getState(), ActiveSasVerificationState.TheirSasStart.class);
      Suspending.await(
          "the acceptance of a verification",
          continuation -> start.accept((Continuation) continuation));
    }

    /** Waits for the numbers. */
    List<Integer> numbers() {
      return comparison().getDecimal();
    }

    /** Says that the other side shows the same, and waits until that does so, too. */
    void confirm() {
      ActiveSasVerificationState.ComparisonByUser comparison = comparison();
      Suspending.await(
          "a confirmation", continuation -> comparison.match((Continuation) continuation));
      ActiveVerificationState.Done unused = reach(ActiveVerificationState.Done.class);
    }

    private ActiveSasVerificationState.ComparisonByUser comparison() {
      return Suspending.first(sas().getState(), ActiveSasVerificationState.ComparisonByUser.class);
    }

    private ActiveSasVerificationMethod sas() {
      return (ActiveSasVerificationMethod) reach(ActiveVerificationState.Start.class).getMethod();
    }

    private <T> T reach(Class<T> state) {
      return state.cast(
          Suspending.first(
              state.getSimpleName(),
              verification.getState(),
              reached -> {
                if (reached instanceof ActiveVerificationState.Cancel cancelled) {
                  throw new AssertionError("cancelled: " + cancelled.getContent());
                }
                return state.isInstance(reached);
              }));
    }
  }
}
