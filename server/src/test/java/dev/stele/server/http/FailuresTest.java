package dev.stele.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.stele.api.ErrorCode;
import dev.stele.api.MatrixError;
import dev.stele.eventstore.Overloaded;
import dev.stele.eventstore.Unavailable;
import io.vertx.core.VertxException;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import java.net.ConnectException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

final class FailuresTest {
  private final Logger logger = (Logger) LoggerFactory.getLogger(Failures.class);
  private final ListAppender<ILoggingEvent> logged = new ListAppender<>();

  @BeforeEach
  void listen() {
    logged.start();
    logger.addAppender(logged);
    logger.setAdditive(false);
  }

  @AfterEach
  void leave() {
    logger.detachAppender(logged);
    logger.setAdditive(true);
  }

  @Test
  void answerTo_defect_isLoggedOnceWithTheRequestIdAndNotTold() {
    var failure = new IllegalStateException("secret");
    MatrixError answer = Failures.answerTo(failure, "abc-1");
    assertThat(answer.status()).isEqualTo(500);
    assertThat(answer.message()).contains("abc-1").doesNotContain("secret");
    assertThat(logged.list).hasSize(1);
    assertThat(logged.list.get(0).getFormattedMessage()).contains("abc-1");
    assertThat(logged.list.get(0).getThrowableProxy().getMessage()).isEqualTo("secret");
  }

  @Test
  void answerTo_refusal_isToldAndNotLogged() {
    MatrixError refusal = MatrixError.of(ErrorCode.BAD_STATE, "not banned");
    assertThat(Failures.answerTo(new BadRequest(refusal), "abc-1")).isEqualTo(refusal);
    assertThat(logged.list).isEmpty();
  }

  @Test
  void answerTo_overload_asksToComeBackAndIsNotLogged() {
    MatrixError answer = Failures.answerTo(new Overloaded(), "abc-1");
    assertThat(answer.code()).isEqualTo(ErrorCode.LIMIT_EXCEEDED);
    assertThat(answer.fields()).containsKey("retry_after_ms");
    assertThat(logged.list).isEmpty();
  }

  @Test
  void answerTo_databaseGone_isWorthAnotherTryAndIsNotLoggedForEachRequest() {
    var failure = new Unavailable(new IllegalStateException("secret"));
    MatrixError answer = Failures.answerTo(failure, "abc-1");
    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.fields()).containsKey("retry_after_ms");
    assertThat(answer.message()).doesNotContain("secret");
    assertThat(logged.list).isEmpty();
  }

  @Test
  void answerTo_databaseThatWasNotEvenAsked_isTheSame() {
    for (Throwable failure :
        List.of(
            new ConnectException("refused"),
            new IllegalStateException(new ConnectException("refused")),
            new ConnectionPoolTooBusyException("2000 wait"),
            new VertxException("Timeout waiting for connection"))) {
      assertThat(Failures.answerTo(failure, "abc-1").status()).isEqualTo(503);
    }
    assertThat(logged.list).isEmpty();
  }
}
