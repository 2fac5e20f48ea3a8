// Builds dist/ from src/: `node build.mjs` writes it, `node build.mjs --check` says whether it is what the sources build.
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';

/** What the page may weigh, compressed, all its files together. */
const BUDGET = 200_000;
const TARGET = ['chrome123', 'firefox121', 'safari17.5'];

const read = (path) => readFile(new URL(path, import.meta.url), 'utf8');

async function bundle(entry, format) {
  const { outputFiles } = await build({
    entryPoints: [entry],
    absWorkingDir: new URL('.', import.meta.url).pathname,
    bundle: true,
    write: false,
    minify: true,
    charset: 'utf8',
    legalComments: 'none',
    format,
    target: TARGET,
    jsx: 'automatic',
    jsxImportSource: 'preact',
    loader: { '.txt': 'text' },
    // Scripts without modules that are put into a page must not end their own element.
    supported: { 'inline-script': true },
    define: { 'process.env.NODE_ENV': '"production"' },
    outdir: 'dist',
  });
  return outputFiles[0].text;
}

/** What the bundles are made of beside src/, and under which terms. */
async function licences() {
  const names = Object.keys(JSON.parse(await read('package.json')).dependencies);
  const about = await Promise.all(names.map(async (name) => JSON.parse(await read(`node_modules/${name}/package.json`))));
  const varint = await read('node_modules/@bufbuild/protobuf/dist/esm/wire/varint.js');
  const google = /^(?:\/\/.*\n)+/.exec(varint)[0];
  return `The page of isnad is under MIT or Apache-2.0, as isnad is. Its code holds parts by others:

${about.map(({ name, version, license }) => `${name} ${version}: ${license}`).join('\n')}

The Apache License 2.0: http://www.apache.org/licenses/LICENSE-2.0 and LICENSE-APACHE beside the sources of isnad.

preact:

${(await read('node_modules/preact/LICENSE')).trim()}

@bufbuild/protobuf, its code for numbers on the wire:

${google.replace(/^\/\/ ?/gm, '').trim()}
`;
}

const hash = (text) => createHash('sha256').update(text).digest('base64');

async function files() {
  const style = await bundle('src/style/index.css', undefined);
  const script = (await bundle('src/file.tsx', 'iife')).trimEnd();
  const fill = {
    style,
    script,
    'style-hash': hash(style),
    'script-hash': hash(script),
    articles: '<!--articles-->',
    licences: (await licences()).replaceAll('--', '- -'),
  };
  const file = (await read('src/file.html')).replace(/\{([a-z-]+)\}/g, (_, name) => fill[name]);
  return {
    'index.html': await read('src/index.html'),
    'licences.txt': await licences(),
    'icon.svg': await read('src/icon.svg'),
    'page.css': style,
    'page.js': await bundle('src/main.tsx', 'esm'),
    'file.html': file,
  };
}

const built = await files();
const weight = (names) => names.reduce((sum, name) => sum + gzipSync(built[name], { level: 9 }).length, 0);
const page = weight(Object.keys(built).filter((name) => name !== 'file.html'));
console.log(`the page weighs ${page} bytes compressed, the empty file ${weight(['file.html'])}`);
if (page > BUDGET) {
  console.error(`that is over the ${BUDGET} that it may weigh`);
  process.exit(1);
}

const dist = new URL('dist/', import.meta.url);
if (process.argv.includes('--check')) {
  const stored = await readdir(dist);
  const stale = [...new Set([...stored, ...Object.keys(built)])];
  const differ = [];
  for (const name of stale) if (!stored.includes(name) || built[name] !== (await readFile(new URL(name, dist), 'utf8'))) differ.push(name);
  if (differ.length > 0) {
    console.error(`dist/ is not what the sources build: ${differ.join(', ')}; run \`npm run build\` in page/ and commit it`);
    process.exit(1);
  }
  console.log('dist/ is what the sources build');
} else {
  await rm(dist, { recursive: true, force: true });
  await mkdir(dist);
  for (const [name, text] of Object.entries(built)) await writeFile(new URL(name, dist), text);
}
