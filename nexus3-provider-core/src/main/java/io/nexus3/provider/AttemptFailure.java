package io.nexus3.provider;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * Why one attempt of a call failed.
 *
 * @param number the number of the attempt, from 1
 * @param kind what went wrong
 * @param status the HTTP status, or {@code null} when no answer came
 * @param reason what went wrong, in words
 * @param elapsed how long the attempt took
 * @since 0.1.0
 */
public record AttemptFailure(int number, ErrorKind kind, @Nullable Integer status, String reason, Duration elapsed) {

}
