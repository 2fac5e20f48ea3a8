// Runs the cases of the conformance suite through the Node client: node conformance/main.js CASES SERVERS.
//
// clients/conformance/README.md is the format of cases, servers, and of what is printed.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from './call.js';

const [folder, places] = process.argv.slice(2);
const servers = await read(places);
for (const file of (await readdir(folder)).filter((name) => name.endsWith('.json')).sort()) {
  for (const test of writtenOut(await read(join(folder, file))).cases) {
    const line = { case: test.name, ok: true };
    try {
      await run(test, servers[test.server ?? 'plain']);
    } catch (error) {
      Object.assign(line, { ok: false, why: String(error?.message ?? error) });
    }
    console.log(JSON.stringify(line));
  }
}

async function read(file) {
  return JSON.parse(await readFile(file, 'utf8'));
}

/** `value` with `{"repeat": ..., "times": n}` replaced by what it stands for. */
function writtenOut(value) {
  if (Array.isArray(value)) return value.map(writtenOut);
  if (typeof value !== 'object' || value === null) return value;
  if ('repeat' in value && 'times' in value) {
    const once = writtenOut(value.repeat);
    return typeof once === 'string' ? once.repeat(value.times) : Array(value.times).fill(once);
  }
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, writtenOut(entry)]));
}
