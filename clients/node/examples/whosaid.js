// Prints who said what in articles: the speakers' Latin names, what they did by saying it, and the words of the quote.
//
//     node examples/whosaid.js [--address host:port] FILE...
import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { connect, cut, Layer, Stance } from 'isnad';

const { values, positionals } = parseArgs({
  options: { address: { type: 'string', default: '127.0.0.1:50051' } },
  allowPositionals: true,
});

/** Prints a line for each quote of the article. */
async function tell(client, path) {
  const text = await readFile(path, 'utf8');
  const answer = await client.extract({ document: { text }, layers: [Layer.QUOTES] });
  const names = new Map(answer.entities.map(({ id, latinName }) => [id, latinName]));
  for (const quote of answer.quotes) {
    const speakers = quote.speakerEntityIds.map((id) => names.get(id));
    const words = cut(text, quote.span).trim().split(/\s+/).join(' ');
    // Whom the article does not name is somebody.
    console.log([speakers.join(', ') || 'somebody', stance(quote.stance), words].join('\t'));
  }
}

/** `Stance.CALLS_FOR` as "calls for"; "in words" where no saying word stands. */
function stance(value) {
  return value === Stance.UNSPECIFIED ? 'in words' : Stance[value].toLowerCase().replaceAll('_', ' ');
}

const client = connect(values.address);
try {
  for (const path of positionals) await tell(client, path);
} finally {
  client.close();
}
