// Asks a vendor's own client what it is told to, and tells what its user gets.
// One question a line on standard input: {"client": "openai", "scene": "plain", ...options}.
// One answer a line on standard output.
import { createInterface } from 'node:readline';

import * as anthropic from './anthropic.mjs';
import * as openai from './openai.mjs';
import { seen } from './seen.mjs';

const clients = { anthropic, openai };

async function answer({ client, scene, ...options }) {
  try {
    return await clients[client].scenes[scene](clients[client].connect(options), options);
  } catch (error) {
    return { error: seen(error) };
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  console.log(JSON.stringify(await answer(JSON.parse(line))));
}
