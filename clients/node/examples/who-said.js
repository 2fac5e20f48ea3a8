// Prints who said what in an article: node examples/who-said.js ARTICLE [ADDRESS].
import { readFile } from 'node:fs/promises';
import { connect, cut, Layer, Stance } from 'isnad';

const [article, address = '127.0.0.1:50051'] = process.argv.slice(2);
const text = await readFile(article, 'utf8');
const client = connect(address);
const answer = await client.extract({ document: { text }, layers: [Layer.QUOTES] });
client.close();

const names = new Map(answer.entities.map(({ id, latinName }) => [id, latinName]));
for (const { speakerEntityIds, speaker, stance, span } of answer.quotes) {
  // A speaker without a name is told in the article's own words.
  const speakers = speakerEntityIds.map((id) => names.get(id)).join(', ') || cut(text, speaker) || 'somebody';
  console.log(`${speakers} ${Stance[stance].toLowerCase().replaceAll('_', ' ')}: ${cut(text, span)}`);
}
