package dev.stele.server.account;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.stele.api.ErrorCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ProfileFieldsTest {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  @ParameterizedTest
  @ValueSource(
      strings = {"displayname", "avatar_url", "m.tz", "org.example.job_title", "com.ex-ample.x1"})
  void complaint_goodName_isNone(String field) {
    assertThat(ProfileFields.complaint(field)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "nickname", "M.tz", "org.", ".org", "1org.x", "org.ex ample"})
  void complaint_badName_isInvalidParam(String field) {
    assertThat(ProfileFields.complaint(field))
        .hasValueSatisfying(error -> assertThat(error.code()).isEqualTo(ErrorCode.INVALID_PARAM));
  }

  @Test
  void complaint_longName_isKeyTooLarge() {
    assertThat(ProfileFields.complaint("a." + "b".repeat(253))).isEmpty();
    assertThat(ProfileFields.complaint("a." + "b".repeat(254)))
        .hasValueSatisfying(error -> assertThat(error.code()).isEqualTo(ErrorCode.KEY_TOO_LARGE));
  }

  @Test
  void complaint_valueOfWrongType_isBadJson() {
    for (String field : new String[] {"displayname", "avatar_url", "m.tz"}) {
      assertThat(ProfileFields.complaint(field, JSON.numberNode(1)))
          .hasValueSatisfying(error -> assertThat(error.code()).isEqualTo(ErrorCode.BAD_JSON));
    }
    assertThat(ProfileFields.complaint("org.example.x", JSON.nullNode()))
        .hasValueSatisfying(error -> assertThat(error.code()).isEqualTo(ErrorCode.BAD_JSON));
    assertThat(ProfileFields.complaint("org.example.x", JSON.numberNode(1))).isEmpty();
  }
}
