package dev.stele.server;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.io.File;
import java.io.FileInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The arrows of the design: who may know whom. */
final class ArchitectureTest {
  private static final String STATERES = "dev.stele.stateres..";
  private static final String EVENTSTORE = "dev.stele.eventstore..";
  private static final String API = "dev.stele.api..";
  private static final String SERVER = "dev.stele.server..";
  private static final String SIGN = "dev.stele.stateres.sign..";
  private static final String COMMAND = "dev.stele.stateres.cli..";

  private static JavaClasses stele;

  @BeforeAll
  static void read() {
    stele =
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.stele");
  }

  @Test
  void classes_ofEveryModule_areRead() {
    for (String module : new String[] {STATERES, EVENTSTORE, API, SERVER}) {
      assertThat(stele.that(resideInAPackage(module))).as(module).hasSizeGreaterThan(5);
    }
  }

  @Test
  void modules_belowTheServer_knowNoOther() {
    independent(STATERES, EVENTSTORE, API, SERVER).check(stele);
    independent(EVENTSTORE, STATERES, API, SERVER).check(stele);
    independent(API, STATERES, EVENTSTORE, SERVER).check(stele);
  }

  @Test
  void stateres_isPure_butItsCommand() {
    noClasses()
        .that()
        .resideInAPackage(STATERES)
        .and()
        .resideOutsideOfPackage(COMMAND)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.vertx..",
            "java.time..",
            "java.nio.file..",
            "java.nio.channels..",
            "java.net..",
            "org.slf4j..")
        .orShould()
        .dependOnClassesThat()
        .belongToAnyOf(Thread.class, Runtime.class, File.class, FileInputStream.class)
        .check(stele);
  }

  @Test
  void stateresCommand_isUsedByNobody() {
    noClasses()
        .that()
        .resideOutsideOfPackage(COMMAND)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(COMMAND)
        .check(stele);
  }

  @Test
  void stateresPackages_haveNoCycles() {
    slices().matching("dev.stele.stateres.(*)..").should().beFreeOfCycles().check(stele);
  }

  @Test
  void stateres_makesUpNothing_butSigningKeys() {
    noClasses()
        .that()
        .resideInAPackage(STATERES)
        .and()
        .resideOutsideOfPackage(SIGN)
        .should()
        .dependOnClassesThat()
        .haveNameMatching("java\\.util\\.(Random|UUID|concurrent\\.ThreadLocalRandom|Timer)")
        .orShould()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.security.SecureRandom")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(System.class, "nanoTime")
        .check(stele);
  }

  @Test
  void serverPackages_haveNoCycles() {
    slices().matching("dev.stele.server.(*)..").should().beFreeOfCycles().check(stele);
  }

  @Test
  void httpRouting_isKnownAtTheEdgeAlone() {
    classes()
        .that()
        .resideOutsideOfPackage("dev.stele.server.http..")
        .should()
        .onlyDependOnClassesThat()
        .resideOutsideOfPackage("io.vertx.ext.web..")
        .check(stele);
  }

  @Test
  void sql_isKnownToTheProjectionsAlone() {
    noSqlOutside("dev.stele.server.projection..").check(stele);
  }

  @Test
  void guard_withAPlantedViolation_fails() {
    ArchRule wrong = noSqlOutside("dev.stele.server.nowhere..");

    assertThatThrownBy(() -> wrong.check(stele))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("dev.stele.server.projection.Rooms");
  }

  /** The two of the root package only hand the pool on. */
  private static ArchRule noSqlOutside(String home) {
    return noClasses()
        .that()
        .resideInAPackage(SERVER)
        .and()
        .resideOutsideOfPackage(home)
        .and()
        .doNotBelongToAnyOf(Storage.class, DataLayer.class)
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.vertx.sqlclient..");
  }

  private static ArchRule independent(String module, String... others) {
    return noClasses()
        .that()
        .resideInAPackage(module)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(others);
  }
}
