import Anthropic from '@anthropic-ai/sdk';

import { ended, WEATHER } from './seen.mjs';

const TOOL = { name: 'get_weather', description: 'The weather in a city', input_schema: WEATHER };

/** A client of the server at a URL. */
export function connect({ url, key = 'sk-ant-test', retries = 0 }) {
  return new Anthropic({ apiKey: key, baseURL: url, maxRetries: retries, timeout: 30_000 });
}

function question({ model = 'claude-sonnet-4-5', text = 'Hello there', body = {} }) {
  return { model, max_tokens: 4000, messages: [{ role: 'user', content: text }], ...body };
}

function whole(message) {
  const text = message.content.filter((block) => block.type === 'text').map((block) => block.text).join('');
  return { text, content: message.content, finish: message.stop_reason, usage: message.usage, model: message.model,
    id: message.id };
}

async function streamed(client, body) {
  const pieces = { content: [], input: [], thinking: [], signatures: [] };
  const stream = client.messages.stream(body);
  stream.on('text', (delta) => pieces.content.push(delta));
  stream.on('inputJson', (delta) => pieces.input.push(delta));
  stream.on('thinking', (delta) => pieces.thinking.push(delta));
  stream.on('signature', (signature) => pieces.signatures.push(signature));
  return ended(pieces, async () => whole(await stream.finalMessage()));
}

/** Two rounds: the answer with its calls goes back as it is, with a result for each. */
async function rounds(ask, options) {
  const body = { ...question({ text: 'Weather in Rome?', ...options }), tools: [TOOL] };
  const first = await ask(body);
  const results = first.content
    .filter((block) => block.type === 'tool_use')
    .map((block) => ({ type: 'tool_result', tool_use_id: block.id, content: 'sunny' }));
  const second = await ask({
    ...body,
    messages: [...body.messages, { role: 'assistant', content: first.content }, { role: 'user', content: results }],
  });
  return { first, second };
}

export const scenes = {
  async plain(client, options) {
    const { data, request_id: requestId } = await client.messages.create(question(options)).withResponse();
    return { ...whole(data), requestId };
  },

  async streamed(client, options) {
    return streamed(client, question(options));
  },

  async tools(client, options) {
    return rounds(async (body) => whole(await client.messages.create(body)), options);
  },

  async toolsStreamed(client, options) {
    return rounds((body) => streamed(client, body), options);
  },

  /**
   * The client's own loop of tools, which parses the input and asks again by itself. Without its beta of threads, for
   * which a server keeps the conversation: simulated ones do not.
   */
  async toolLoop(client, options) {
    const calls = [];
    const weather = {
      ...TOOL,
      parse: (input) => input,
      run: (input) => {
        calls.push(input);
        return 'sunny';
      },
    };
    const message = await client.beta.messages.toolRunner({
      ...question({ text: 'Weather in Rome?', ...options }),
      tools: [weather],
      thread: false,
    });
    return { ...whole(message), calls };
  },

  /** What was said goes back as it came, and the conversation goes on. */
  async replayed(client, options) {
    const body = question(options);
    const first = await streamed(client, body);
    const second = await streamed(client, {
      ...body,
      messages: [...body.messages, { role: 'assistant', content: first.content }, { role: 'user', content: 'Go on' }],
    });
    return { first, second };
  },
};
