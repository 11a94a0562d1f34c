package io.nexus3.provider.test.model;

import java.util.List;

import io.nexus3.provider.test.model.Prompt.Tool;
import io.nexus3.provider.test.model.Prompt.ToolResult;
import io.nexus3.provider.test.model.Prompt.Turn;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

class SimulatedModelTests {

	private static final JsonMapper MAPPER = JsonMapper.builder().build();

	private static final Tool WEATHER = tool("get_weather", "Returns the weather in a city",
			"{'type':'object','properties':{'city':{'type':'string'}},'required':['city']}");

	private static final Tool CALCULATOR = tool("calculator", "Evaluates arithmetic",
			"{'type':'object','properties':{'expression':{'type':'string'}},'required':['expression']}");

	private static final Tool CLOCK = tool("current_time", "The time of day", "{'type':'object','properties':{}}");

	private final SimulatedModel model = new SimulatedModel();

	private static Tool tool(String name, String description, String schema) {
		return new Tool(name, description, MAPPER.readTree(schema.replace('\'', '"')));
	}

	private static Prompt prompt(String text, Tool... tools) {
		return new Prompt("m", new Turn(text, 1, 0, 0, List.of()), List.of(tools), false, true, false, null);
	}

	private static Prompt schema(String text, String schema) {
		return new Prompt("m", new Turn(text, 1, 0, 0, List.of()), List.of(), false, true, false,
				MAPPER.readTree(schema.replace('\'', '"')));
	}

	private List<String> calls(Prompt prompt) {
		return this.model.apply(prompt).calls().stream().map((call) -> call.name() + call.arguments()).toList();
	}

	@Test
	void talksAboutWhatWasSaidWhenNoToolFits() {
		Answer answer = this.model.apply(prompt("Good morning!", WEATHER));
		assertThat(answer.calls()).isEmpty();
		assertThat(answer.text()).startsWith("You wrote: “Good morning!”.").contains("I am m,", "get_weather");
	}

	@Test
	void saysTheSameToTheSamePrompt() {
		assertThat(this.model.apply(prompt("Hello"))).isEqualTo(this.model.apply(prompt("Hello")));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			What's the weather in Berlin?          | get_weather{"city":"Berlin"}
			Weather forecast for New York please   | get_weather{"city":"New York"}
			Can you calculate 12*7 for me?         | calculator{"expression":"12*7"}
			How much is (3 + 4) * 2?               | calculator{"expression":"(3 + 4) * 2"}
			What time is it?                       | current_time{}""")
	void callsTheToolThatFitsTheWords(String text, String expected) {
		assertThat(calls(prompt(text, WEATHER, CALCULATOR, CLOCK))).containsExactly(expected);
	}

	@Test
	void callsSeveralToolsThatTheTextNames() {
		assertThat(calls(prompt("Tell me the weather and the time in Oslo", WEATHER, CLOCK)))
			.containsExactlyInAnyOrder("get_weather{\"city\":\"Oslo\"}", "current_time{}");
	}

	@Test
	void callsOneToolOnlyWhereSeveralAreNotAllowed() {
		Prompt several = prompt("Tell me the weather and the time in Oslo", WEATHER, CLOCK);
		assertThat(calls(new Prompt("m", several.turn(), several.tools(), false, false, false, null))).hasSize(1);
	}

	@Test
	void callsSomeToolIfItMust() {
		Prompt free = prompt("Hello", WEATHER, CLOCK);
		assertThat(calls(new Prompt("m", free.turn(), free.tools(), true, true, false, null)))
			.containsExactly("get_weather{\"city\":\"Hello\"}");
	}

	@Test
	void putsResultsIntoASentenceInsteadOfCallingAgain() {
		Turn turn = new Turn("weather in Oslo", 1, 0, 0,
				List.of(new ToolResult("get_weather", "{\"sky\":\"grey\"}"), new ToolResult("current_time", "noon")));
		Answer answer = this.model.apply(new Prompt("m", turn, List.of(WEATHER), false, true, false, null));
		assertThat(answer.calls()).isEmpty();
		assertThat(answer.text()).startsWith("According to get_weather: sky grey. According to current_time: noon.");
	}

	@Test
	void reasonsOnlyWhenAsked() {
		Prompt plain = prompt("Hello");
		assertThat(this.model.apply(plain).reasoning()).isEmpty();
		assertThat(this.model.apply(new Prompt("m", plain.turn(), List.of(), false, true, true, null)).reasoning())
			.contains("Hello");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					{'type':'object','properties':{'a':{'type':'number'},'b':{'type':'integer'}},'required':['a','b']} | {"a":4.5,"b":7}
					{'type':'object','properties':{'a':{'type':'boolean'},'b':{'type':'string'}},'required':['a']}     | {"a":true}
					{'type':'array','items':{'type':'integer','minimum':9},'minItems':2}                             | [9,9]
					{'type':['string','null'],'maxLength':3}                                                        | "add"
					{'anyOf':[{'const':'x'},{'type':'null'}]}                                                      | "x"
					{'$ref':'#/$defs/n','$defs':{'n':{'type':'integer','maximum':2}}}                               | 2
					{'type':'object','properties':{'next':{'$ref':'#'}},'required':[]}                             | {}""")
	void fillsASchema(String schema, String expected) {
		assertThat(this.model.apply(schema("add 4.5 and 7", schema)).text()).isEqualTo(expected);
	}

	@Test
	void endsAtTheDepthWhereASchemaNeedsItselfForEver() {
		String schema = "{'type':'object','properties':{'next':{'$ref':'#'}},'required':['next']}";
		assertThat(this.model.apply(schema("x", schema)).text()).endsWith("}").contains("null");
	}

	@Test
	void tokensJoinToTheText() {
		String text = " One  two\nthree. ";
		assertThat(Answer.tokens(text)).hasSize(4);
		assertThat(String.join("", Answer.tokens(text))).isEqualTo(text);
		assertThat(Answer.tokens("")).isEmpty();
	}

}
