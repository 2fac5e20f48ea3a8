// Runs the cases of the conformance suite from a page in Chromium, over gRPC-Web: node run.mjs CASES SERVERS.
//
// The page is of another origin than the servers, as a web application's own is. clients/conformance/README.md is the format.
import { createHash, X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { connect } from 'node:tls';
import { fileURLToPath } from 'node:url';
import { chromium } from '@playwright/test';
import { build } from 'esbuild';

/**
 * What a page cannot do: gRPC-Web has no streams of requests, and `fetch` none of the rest. Over HTTP/1.1 it hears no answer before it has
 * sent all: of a request that is refused unread it tells a broken connection.
 */
const LACKS = ['authorities', 'early-answer', 'gzip', 'raw', 'reflection', 'reflection-v1alpha', 'retry', 'stop', 'stream'];

const [folder, places] = process.argv.slice(2);
const read = async (file) => JSON.parse(await readFile(file, 'utf8'));

const servers = await read(places);
const cases = [];
for (const file of (await readdir(folder)).filter((name) => name.endsWith('.json')).sort()) {
  cases.push(...(await read(join(folder, file))).cases);
}
const home = await serve(await bundle());
const browser = await launch();
try {
  const page = await browser.newPage();
  await page.goto(`http://127.0.0.1:${home.address().port}/`);
  for (const test of cases) console.log(JSON.stringify({ case: test.name, ...(await verdict(page, test)) }));
} finally {
  await browser.close();
  home.close();
}

/** What a line says of a case. */
async function verdict(page, test) {
  const missing = (test.needs ?? []).filter((need) => LACKS.includes(need));
  if (missing.length > 0) return { skip: missing.join(', ') };
  const { address, tls } = servers[test.server ?? 'plain'];
  const url = `${tls ? 'https' : 'http'}://${address}`;
  const why = await page.evaluate(([asked, at]) => globalThis.run(asked, at), [test, url]);
  return why === undefined ? { ok: true } : { ok: false, why };
}

async function bundle() {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('browser.ts', import.meta.url))],
    bundle: true,
    write: false,
    format: 'iife',
    target: 'chrome123',
  });
  return outputFiles[0].text;
}

/** The page that the calls come from. */
async function serve(script) {
  const server = createServer((request, response) => {
    const isScript = request.url === '/suite.js';
    response.setHeader('content-type', isScript ? 'text/javascript; charset=utf-8' : 'text/html; charset=utf-8');
    response.end(isScript ? script : '<!doctype html><title>conformance</title><link rel="icon" href="data:,"><script src="/suite.js"></script>');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

/** Chromium, which trusts just the certificates that servers of the suite show. */
async function launch() {
  const pins = await Promise.all(Object.values(servers).filter(({ tls }) => tls).map(pin));
  const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
  return chromium.launch({
    ...(executablePath === 'playwright' ? {} : { executablePath }),
    args: [`--ignore-certificate-errors-spki-list=${pins.join(',')}`],
  });
}

/** The hash of the key of a server's certificate, once its authority has been seen to have signed it. */
async function pin({ address, tls: { ca, cert, key } }) {
  const [host, port] = address.split(':');
  const [authority, own, secret] = await Promise.all([ca, cert, key].map((file) => readFile(file)));
  const socket = connect({ host, port, servername: host, ca: authority, cert: own, key: secret });
  await once(socket, 'secureConnect');
  const shown = new X509Certificate(socket.getPeerCertificate().raw);
  socket.destroy();
  return createHash('sha256').update(shown.publicKey.export({ type: 'spki', format: 'der' })).digest('base64');
}
