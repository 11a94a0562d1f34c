package io.nexus3.provider.sample.tool;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Locale;

/**
 * Finds time zones by what models write.
 */
final class TimeZones {

	private TimeZones() {
	}

	/**
	 * Find a time zone.
	 * @param name an id in any case, an offset such as +02:00, or a city that names a
	 * zone, such as New York
	 * @return the zone
	 * @throws ToolFailedException when there is none
	 */
	static ZoneId find(String name) {
		String wanted = name.strip().replace(' ', '_');
		try {
			return ZoneId.of(wanted);
		}
		catch (DateTimeException ex) {
			return ZoneId.getAvailableZoneIds()
				.stream()
				.filter((id) -> id.equalsIgnoreCase(wanted) || isCity(id, wanted))
				.sorted()
				.findFirst()
				.map(ZoneId::of)
				.orElseThrow(() -> new ToolFailedException(
						"There is no time zone '%s'. Use an IANA name such as Europe/Lisbon or Asia/Tokyo"
							.formatted(name)));
		}
	}

	private static boolean isCity(String id, String wanted) {
		return id.toLowerCase(Locale.ROOT).endsWith("/" + wanted.toLowerCase(Locale.ROOT));
	}

}
