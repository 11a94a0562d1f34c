package io.nexus3.provider.sample.web;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.reactive.result.method.annotation.ResponseEntityExceptionHandler;
import org.springframework.web.server.ServerWebExchange;

/**
 * Sends problems as {@code application/problem+json} to clients that asked for an event
 * stream too: they would else get a problem dressed up as an event.
 */
@RestControllerAdvice
class ProblemAdvice extends ResponseEntityExceptionHandler {

	@Override
	protected Mono<ResponseEntity<Object>> createResponseEntity(@Nullable Object body, @Nullable HttpHeaders headers,
			HttpStatusCode status, ServerWebExchange exchange) {
		HttpHeaders withType = new HttpHeaders();
		if (headers != null) {
			withType.putAll(headers);
		}
		withType.setContentType(MediaType.APPLICATION_PROBLEM_JSON);
		return super.createResponseEntity(body, withType, status, exchange);
	}

}
