package io.nexus3.provider.fault;

import java.util.List;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every row of the table of faults as a test of its own, for each format that can show
 * it. A row's display name is its id and what the fault is.
 */
class FaultTests {

	private static final FaultTable table = new FaultTable().with(new ConnectFaults(), new TlsFaults(),
			new DroppedRequestFaults(), new StaleConnectionFaults(), new SilenceFaults(), new PingFaults(),
			new HeadFaults(), new CutFaults(), new UnterminatedFaults(), new MalformedEventFaults(),
			new InBandErrorFaults(), new EventOrderFaults(), new ContentTypeFaults(), new RefusalFaults(),
			new RetryHintFaults(), new ErrorBodyFaults(), new CompressionFaults(), new SizeFaults(),
			new EncodingFaults(), new RedirectFaults(), new ConnectionHygieneFaults(), new SubscriberFaults(),
			new BackpressureFaults(), new ShutdownFaults(), new ProxyFaults(), new CredentialFaults(),
			new StormFaults(), new AttemptCountFaults(), new RawLogFaults(), new ResourceFaults());

	@TestFactory
	List<DynamicContainer> rows() {
		return table.containers();
	}

	@Test
	void everyRowIsThereAndAtMostThreeCannotBeBuilt() {
		assertThat(table.missing(1, 99)).isEmpty();
		assertThat(table.unbuildable()).hasSizeLessThanOrEqualTo(3);
	}

	@AfterAll
	static void printTheClosingLine() {
		table.unbuildable().forEach(System.out::println);
		System.out.println(table.summary());
	}

}
