package dev.stele.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import org.junit.jupiter.api.Test;

final class MatrixErrorTest {
  @Test
  void of_code_hasItsUsualStatus() {
    MatrixError error = MatrixError.of(ErrorCode.LIMIT_EXCEEDED, "slower");
    assertThat(error.status()).isEqualTo(429);
    assertThat(error.code().wire()).isEqualTo("M_LIMIT_EXCEEDED");
    assertThat(error.fields()).isEmpty();
  }

  @Test
  void with_statusAndFields_leavesTheOriginalAlone() {
    MatrixError error = MatrixError.of(ErrorCode.UNKNOWN, "taken");
    MatrixError other = error.withStatus(409).withField("a", 1).withField("b", true);
    assertThat(other.status()).isEqualTo(409);
    assertThat(other.fields()).containsExactly(entry("a", 1), entry("b", true));
    assertThat(error).isEqualTo(MatrixError.of(ErrorCode.UNKNOWN, "taken"));
  }

  @Test
  void new_statusOfSuccess_isRefused() {
    MatrixError error = MatrixError.of(ErrorCode.UNKNOWN, "x");
    assertThatThrownBy(() -> error.withStatus(200))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("status: 200 (expected: 400-599)");
  }
}
