package dev.tocsin.app;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Which rooms of the house may look into which. */
class HouseRulesTest {
    private static final JavaClasses HOUSE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(location -> !location.contains("-tests.jar"))
            .importPackages("dev.tocsin");

    @Test
    void coreIsPlainJava() {
        noClasses()
                .that()
                .resideInAPackage("dev.tocsin.core..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.netty..",
                        "io.atomix..",
                        "io.grpc..",
                        "java.net.http..",
                        "org.apache..",
                        "ch.qos..",
                        "dev.tocsin.api..",
                        "dev.tocsin.app..",
                        "dev.tocsin.cluster..",
                        "dev.tocsin.notifiers..")
                .check(HOUSE);
    }

    @Test
    void coreStartsNoThreadsAndReadsNoWallClock() {
        noClasses()
                .that()
                .resideInAPackage("dev.tocsin.core..")
                .should()
                .callMethod(java.time.Instant.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(Thread.class, "start")
                .orShould()
                .callMethod(Thread.class, "ofVirtual")
                .orShould()
                .callMethod(Thread.class, "ofPlatform")
                .orShould()
                .callMethod(Thread.class, "sleep", long.class)
                .check(HOUSE);
    }

    @Test
    void interfacesReceiversAndClusterDoNotKnowEachOther() {
        for (String room : new String[] {"api", "notifiers", "cluster"}) {
            for (String other : new String[] {"api", "notifiers", "cluster", "app"}) {
                if (!room.equals(other)) {
                    noClasses()
                            .that()
                            .resideInAPackage("dev.tocsin." + room + "..")
                            .should()
                            .dependOnClassesThat()
                            .resideInAPackage("dev.tocsin." + other + "..")
                            .allowEmptyShould(true)
                            .check(HOUSE);
                }
            }
        }
    }

    @Test
    void onlyOneRoomNamesEachLibrary() {
        only("io.netty..", "dev.tocsin.api..", "dev.tocsin.cluster.atomix..");
        only("io.grpc..", "dev.tocsin.api.grpc..");
        only("io.atomix..", "dev.tocsin.cluster.atomix..");
        only("org.apache.hc..", "dev.tocsin.notifiers..");
        only("org.eclipse.angus..", "dev.tocsin.notifiers.email..");
        only("jakarta.mail..", "dev.tocsin.notifiers.email..");
        only("org.yaml..", "dev.tocsin.core.yaml..");
        only("com.google.re2j..", "dev.tocsin.core.matcher..");
        only("at.favre..", "dev.tocsin.api.web..");
        only("picocli..", "dev.tocsin.app..");
        only("io.opentelemetry..", "dev.tocsin.app.tracing..");
        only("ch.qos..", "dev.tocsin.app.logging..");
    }

    private static void only(String library, String... rooms) {
        classes()
                .that()
                .resideInAPackage("dev.tocsin..")
                .and()
                .resideOutsideOfPackages(rooms)
                .should()
                .onlyDependOnClassesThat()
                .resideOutsideOfPackage(library)
                .check(HOUSE);
    }

    @Test
    void thePackagesOfCoreHaveNoCycles() {
        slices().matching("dev.tocsin.core.(*)..").should().beFreeOfCycles().check(HOUSE);
    }

    @Test
    void thePackagesOfNotifiersHaveNoCycles() {
        slices().matching("dev.tocsin.notifiers.(**)").should().beFreeOfCycles().check(HOUSE);
    }

    @Test
    void theWayOutIsBuiltOneStoreyOnTheOther() {
        String way = "dev.tocsin.notifiers.http";
        String[] storeys = {"message", "socket", "proxy", "connection", "auth", ""};
        for (int lower = 0; lower < storeys.length; lower++) {
            for (int upper = lower + 1; upper < storeys.length; upper++) {
                noClasses()
                        .that()
                        .resideInAPackage(storey(way, storeys[lower]))
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage(storey(way, storeys[upper]))
                        .check(HOUSE);
            }
        }
    }

    private static String storey(String way, String name) {
        return name.isEmpty() ? way : way + "." + name;
    }
}
