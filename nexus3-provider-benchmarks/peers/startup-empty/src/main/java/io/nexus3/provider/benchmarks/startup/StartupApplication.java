package io.nexus3.provider.benchmarks.startup;

import java.lang.management.ManagementFactory;

import com.sun.management.OperatingSystemMXBean;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

/**
 * An empty WebFlux application, which prints the CPU time of its process when it is
 * ready, and stops.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class StartupApplication {

	/**
	 * Start and stop.
	 * @param args Spring's
	 */
	public static void main(String[] args) {
		long begin = System.nanoTime();
		ConfigurableApplicationContext context = SpringApplication.run(StartupApplication.class, args);
		long wall = System.nanoTime() - begin;
		OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
		System.out.println("RESULT cpu=" + system.getProcessCpuTime() + " wall=" + wall);
		context.close();
	}

}
