// Runs the unit tests under Node's own runner, their TypeScript bundled first.
import { spawnSync } from 'node:child_process';
import { readdir, rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const path = (relative) => fileURLToPath(new URL(relative, import.meta.url));
const names = (await readdir(path('unit'))).filter((name) => name.endsWith('.test.ts'));
const outdir = path('../node_modules/.cache/unit');
await rm(outdir, { recursive: true, force: true });
await build({
  entryPoints: names.map((name) => path(`unit/${name}`)),
  outdir,
  outExtension: { '.js': '.mjs' },
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  jsx: 'automatic',
  jsxImportSource: 'preact',
  loader: { '.txt': 'text', '.css': 'text' },
  logLevel: 'warning',
});
const files = names.map((name) => `${outdir}/${name.replace(/ts$/, 'mjs')}`);
const { status } = spawnSync(process.execPath, ['--test', ...files], { stdio: 'inherit' });
process.exit(status ?? 1);
