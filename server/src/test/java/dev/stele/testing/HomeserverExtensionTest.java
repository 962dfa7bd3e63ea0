package dev.stele.testing;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

@ExtendWith(HomeserverExtension.class)
final class HomeserverExtensionTest {
  private static TestHomeserver given;

  @BeforeAll
  static void take(TestHomeserver server) {
    given = server;
  }

  @Test
  void parameter_isTheServerOfTheClass(TestHomeserver server) {
    assertThat(server).isSameAs(given);
    assertThat(server.serverName()).isEqualTo("stele.test");
    assertThat(server.register("alice").userId()).isEqualTo("@alice:stele.test");
    assertThatThrownBy(() -> server.register("alice")).hasMessageContaining("M_USER_IN_USE");
  }

  @Nested
  class Inside {
    @Test
    void parameter_inANestedClass_isTheSame(TestHomeserver server) {
      assertThat(server).isSameAs(given);
    }
  }

  /** Two servers for one class, with names of their own. */
  @Nested
  class WithFields {
    @RegisterExtension
    static final HomeserverExtension one = new HomeserverExtension("server_name: one.test");

    @RegisterExtension
    static final HomeserverExtension other = new HomeserverExtension("server_name: other.test");

    @Test
    void fields_areServersOfTheirOwn() {
      assertThat(one.register("bob").userId()).isEqualTo("@bob:one.test");
      assertThat(other.register("bob").userId()).isEqualTo("@bob:other.test");
      assertThat(one.url()).isNotEqualTo(other.url());
    }
  }

  @Test
  void server_outsideOfAClass_isNone() {
    assertThatThrownBy(() -> new HomeserverExtension().url())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("static");
  }

  @Test
  void close_leavesNothingBehind() {
    TestHomeserver server = TestHomeserver.start("presence: { enabled: false }");
    Path directory = server.dataDir();
    assertThat(directory).exists();

    server.close();

    assertThat(Files.exists(directory)).isFalse();
  }

  /** It is an artifact of its own, without the other tests. */
  @Test
  void classes_ofTheArtifact_needNoOtherTests() {
    var all = new ClassFileImporter().importPackages("dev.stele");
    var main =
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.stele");
    classes()
        .that()
        .resideInAPackage("dev.stele.testing")
        .and()
        .haveSimpleNameNotEndingWith("ExtensionTest")
        .and()
        .areTopLevelClasses()
        .should()
        .onlyDependOnClassesThat(
            com.tngtech.archunit.base.DescribedPredicate.describe(
                "are no other tests",
                type ->
                    !type.getPackageName().startsWith("dev.stele")
                        || type.getPackageName().equals("dev.stele.testing")
                        || main.contain(type.getBaseComponentType().getName())))
        .check(all);
  }

  @AfterAll
  static void forget() {
    given = null;
  }
}
