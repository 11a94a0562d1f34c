package io.nexus3.provider.architecture;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.nexus3.provider.ErrorDetails;
import io.nexus3.provider.ErrorKind;
import io.nexus3.provider.ProviderException;
import io.nexus3.provider.VendorError;
import io.nexus3.provider.config.CredentialSource;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

/**
 * What each package may know.
 */
@AnalyzeClasses(packages = "io.nexus3.provider", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTests {

	private static final String API = "io.nexus3.provider";

	private static final DescribedPredicate<JavaClass> LIBRARY = resideInAPackage("io.nexus3.provider..")
		.and(DescribedPredicate.not(resideInAPackage("io.nexus3.provider.test..")))
		.as("the library");

	@ArchTest
	static final ArchRule theApiKnowsOnlyJavaAndReactor = classes().that()
		.resideInAPackage(API)
		.should()
		.onlyDependOnClassesThat()
		.resideInAnyPackage(API, "java..", "reactor.core..", "org.reactivestreams..", "org.jspecify..")
		.because("callers must be able to use it without learning about HTTP, vendors, configuration or Jackson");

	@ArchTest
	static final ArchRule onlyTheTransportSeesSpringAndNetty = noClasses().that(LIBRARY)
		.and()
		.resideOutsideOfPackage("io.nexus3.provider.transport..")
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage("org.springframework..", "io.netty..", "reactor.netty..")
		.because("the network has one place: whatever touches it is there to be hardened");

	@ArchTest
	static final ArchRule onlyTheRegistryJoinsProtocolAndTransport = noClasses().that(LIBRARY)
		.and()
		.resideOutsideOfPackage("io.nexus3.provider.registry..")
		.and()
		.resideOutsideOfPackage("io.nexus3.provider.transport..")
		.should()
		.dependOnClassesThat()
		.resideInAPackage("io.nexus3.provider.transport..")
		.because("protocols stay testable with bytes alone when only one place joins the two");

	@ArchTest
	static final ArchRule theTransportDoesNotKnowProtocols = noClasses().that()
		.resideInAPackage("io.nexus3.provider.transport..")
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage("io.nexus3.provider.protocol..", "io.nexus3.provider.type..",
				"io.nexus3.provider.registry..")
		.because("it moves bytes; what they mean is not its business");

	@ArchTest
	static final ArchRule theTransportDoesNotKnowMessages = noClasses().that()
		.resideInAPackage("io.nexus3.provider.transport..")
		.should()
		.dependOnClassesThat(resideInAPackage(API)
			.and(DescribedPredicate.not(assignableTo(ProviderException.class).or(assignableTo(ErrorKind.class))
				.or(assignableTo(ErrorDetails.class))
				.or(assignableTo(VendorError.class))
				.or(DescribedPredicate.describe("nested in ErrorKind or ErrorDetails",
						(type) -> type.getName().startsWith(ErrorKind.class.getName() + "$")
								|| type.getName().startsWith(ErrorDetails.class.getName() + "$"))))))
		.because("of the caller's vocabulary it needs the errors only");

	@ArchTest
	static final ArchRule theWaistKnowsNothing = classes().that()
		.resideInAPackage("io.nexus3.provider.wire..")
		.should()
		.onlyDependOnClassesThat()
		.resideInAnyPackage("io.nexus3.provider.wire..", "java..", "org.jspecify..")
		.because("everything passes through it, so nothing may be wired into it");

	@ArchTest
	static final ArchRule protocolsArePure = noClasses().that()
		.resideInAPackage("io.nexus3.provider.protocol..")
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage("reactor..", "org.reactivestreams..", "org.springframework..", "io.netty..", "java.net..")
		.because("a codec takes values and gives values, and is tested with strings");

	@ArchTest
	static final ArchRule protocolsDoNotSeeEachOther = slices()
		.matching("io.nexus3.provider.protocol.(openai|anthropic)..")
		.should()
		.notDependOnEachOther()
		.because("what two formats share belongs above both");

	@ArchTest
	static final ArchRule configurationDoesNotKnowTheWire = noClasses().that()
		.resideInAPackage("io.nexus3.provider.config..")
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage("io.nexus3.provider.wire..", "io.nexus3.provider.protocol..",
				"io.nexus3.provider.transport..", "io.nexus3.provider.type..", "io.nexus3.provider.registry..",
				"org.springframework..", "tools.jackson..")
		.because("settings are values that any place may read");

	@ArchTest
	static final ArchRule typesDoNotKnowTheTransport = noClasses().that()
		.resideInAPackage("io.nexus3.provider.type..")
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage("io.nexus3.provider.transport..", "io.nexus3.provider.registry..")
		.because("a type is data");

	@ArchTest
	static final ArchRule onlyObservationSeesMicrometer = noClasses().that(LIBRARY)
		.and()
		.resideOutsideOfPackage("io.nexus3.provider.observation..")
		.should()
		.dependOnClassesThat()
		.resideInAPackage("io.micrometer..")
		.because("calls tell a listener what happens; who measures it is another matter");

	@ArchTest
	static final ArchRule observationKnowsOnlyWhatListenersAreTold = noClasses().that()
		.resideInAPackage("io.nexus3.provider.observation..")
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage("io.nexus3.provider.protocol..", "io.nexus3.provider.transport..",
				"io.nexus3.provider.type..")
		.because("it must be possible to measure calls in another way, with the same listeners");

	@ArchTest
	static final ArchRule observationsNeedNoMeterRegistry = noClasses().that()
		.resideInAPackage("io.nexus3.provider.observation..")
		.and()
		.haveNameMatching(".*\\.observation\\.(.*Observ|.*Labels|Content|Details|ProviderNames).*")
		.should()
		.dependOnClassesThat()
		.resideInAPackage("io.micrometer.core..")
		.because("micrometer-core is optional: traces work without it");

	@ArchTest
	static final ArchRule packagesHaveNoCycles = slices().matching("io.nexus3.provider.(*)..")
		.should()
		.beFreeOfCycles()
		.because("a request runs downhill only");

	@ArchTest
	static final ArchRule onlyCredentialsReadTheEnvironment = noClasses().that(LIBRARY)
		.and()
		.doNotBelongToAnyOf(CredentialSource.class)
		.should()
		.callMethod(System.class, "getenv", String.class)
		.orShould()
		.callMethod(System.class, "getenv")
		.because("a key has one way in");

	@ArchTest
	static final ArchRule nothingBlocks = noClasses().that(LIBRARY)
		.should()
		.callMethodWhere(DescribedPredicate.describe("block or sleep", ArchitectureTests::blocks))
		.because("calls run on event loops, which serve all other calls too");

	@ArchTest
	static final ArchRule nothingSubscribesOnItsOwn = noClasses().that(LIBRARY)
		.should()
		.callMethodWhere(
				DescribedPredicate.describe("subscribe without a subscriber", ArchitectureTests::subscribesOnItsOwn))
		.because("whoever subscribes must be able to cancel and to hear of errors");

	private static boolean blocks(JavaCall<?> call) {
		String name = call.getTarget().getName();
		JavaClass owner = call.getTargetOwner();
		return (owner.isAssignableTo(Publisher.class) && name.startsWith("block"))
				|| (owner.isAssignableTo(Thread.class) && name.equals("sleep"))
				|| (owner.isAssignableTo(Future.class) && name.equals("get"))
				|| (owner.isAssignableTo(CompletableFuture.class) && name.equals("join"));
	}

	private static boolean subscribesOnItsOwn(JavaCall<?> call) {
		return call.getTargetOwner().isAssignableTo(Publisher.class) && call.getTarget().getName().equals("subscribe")
				&& call.getTarget()
					.getRawParameterTypes()
					.stream()
					.noneMatch((type) -> type.isAssignableTo(Subscriber.class));
	}

}
