#!/usr/bin/env bash
# Builds the benchmarks once, then runs them: README.md says with what. Uses the JDK of JAVA_HOME.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
java="${JAVA_HOME:+$JAVA_HOME/bin/}java"
if [ "${1:-}" = "--no-build" ]; then
	shift
else
	(cd "$here/.." && ./mvnw -B -ntp -q -Pbenchmarks -DskipTests -Djacoco.skip=true \
		-pl nexus3-provider-benchmarks,nexus3-provider-benchmarks/peers/spring-ai,nexus3-provider-benchmarks/peers/langchain4j,nexus3-provider-benchmarks/peers/vendor-sdks,nexus3-provider-benchmarks/peers/startup-starter,nexus3-provider-benchmarks/peers/micro \
		-am package)
fi
if [ "${1:-}" = "--jmh" ]; then
	shift
	exec "$java" -cp "$here/peers/micro/target/classes:$(cat "$here/peers/micro/target/class-path.txt")" \
		org.openjdk.jmh.Main "$@"
fi
exec "$java" "-Dbenchmarks.root=$here" ${WORKER_OPTIONS:+"-Dworker.options=$WORKER_OPTIONS"} \
	-cp "$here/target/classes" io.nexus3.provider.benchmarks.run.Benchmarks "$@"
