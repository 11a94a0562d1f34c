import OpenAI, { AzureOpenAI } from 'openai';

import { ended, WEATHER } from './seen.mjs';

const TOOL = {
  type: 'function',
  function: { name: 'get_weather', description: 'The weather in a city', parameters: WEATHER },
};

/** A client of the server at a URL; with a deployment it is Azure's. */
export function connect({ url, key = 'sk-test', retries = 0, deployment }) {
  const settings = { apiKey: key, maxRetries: retries, timeout: 30_000 };
  return deployment
    ? new AzureOpenAI({ ...settings, endpoint: url, deployment, apiVersion: '2024-10-21' })
    : new OpenAI({ ...settings, baseURL: url });
}

function question({ model = 'gpt-4o', text = 'Hello there', body = {} }) {
  return { model, messages: [{ role: 'user', content: text }], ...body };
}

function whole(completion) {
  const { message, finish_reason: finish } = completion.choices[0];
  return { text: message.content, message, finish, usage: completion.usage, model: completion.model, id: completion.id };
}

async function streamed(client, body) {
  const pieces = { content: [], arguments: [] };
  const stream = client.chat.completions.stream({ ...body, stream_options: { include_usage: true } });
  stream.on('content', (delta) => pieces.content.push(delta));
  stream.on('tool_calls.function.arguments.delta', (event) => pieces.arguments.push(event.arguments_delta));
  return ended(pieces, async () => whole(await stream.finalChatCompletion()));
}

/**
 * Without the field that the client adds to streamed messages: the vendor refuses it, and the client's own loop of
 * tools leaves it out as well.
 */
function sent({ parsed, ...message }) {
  return message;
}

/** Two rounds: the answer with its calls goes back as it is, with a result for each. */
async function rounds(ask, options) {
  const body = { ...question({ text: 'Weather in Rome?', ...options }), tools: [TOOL] };
  const first = await ask(body);
  const results = first.message.tool_calls.map((call) => ({
    role: 'tool',
    tool_call_id: call.id,
    content: 'sunny',
  }));
  const second = await ask({ ...body, messages: [...body.messages, sent(first.message), ...results] });
  return { first, second };
}

export const scenes = {
  async plain(client, options) {
    const { data, request_id: requestId } = await client.chat.completions.create(question(options)).withResponse();
    return { ...whole(data), requestId };
  },

  async streamed(client, options) {
    return streamed(client, question(options));
  },

  async tools(client, options) {
    return rounds(async (body) => whole(await client.chat.completions.create(body)), options);
  },

  async toolsStreamed(client, options) {
    return rounds((body) => streamed(client, body), options);
  },

  /** The client's own loop of tools, which parses the arguments and asks again by itself. */
  async toolLoop(client, options) {
    const calls = [];
    const weather = {
      type: 'function',
      function: {
        ...TOOL.function,
        parse: JSON.parse,
        function: (args) => {
          calls.push(args);
          return 'sunny';
        },
      },
    };
    const runner = client.chat.completions.runTools({
      ...question({ text: 'Weather in Rome?', ...options }),
      stream: true,
      tools: [weather],
    });
    return { text: await runner.finalContent(), calls };
  },

  /** The client refuses arguments and answers that do not follow their schema. */
  async structured(client, options) {
    const schema = { ...WEATHER, additionalProperties: false };
    const completion = await client.chat.completions.parse({
      ...question({ text: 'Weather in Rome?', ...options }),
      response_format: { type: 'json_schema', json_schema: { name: 'weather', strict: true, schema } },
    });
    return { parsed: JSON.parse(completion.choices[0].message.content) };
  },

  /** Reasoning is beyond the client's types, so it is read from the chunks. */
  async reasoningStreamed(client, options) {
    const pieces = { content: [], reasoning: [], details: [] };
    const stream = await client.chat.completions.create({ ...question(options), stream: true });
    return ended(pieces, async () => {
      for await (const chunk of stream) {
        const delta = chunk.choices[0]?.delta ?? {};
        pieces.content.push(...(delta.content ? [delta.content] : []));
        pieces.reasoning.push(...(delta.reasoning ? [delta.reasoning] : []));
        pieces.details.push(...(delta.reasoning_details ?? []));
      }
      return {};
    });
  },
};
