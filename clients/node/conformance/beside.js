// The services beside isnad's own, and bytes that are no message.
import { BinaryReader } from '@bufbuild/protobuf/wire';
import { makeGenericClientConstructor } from '@grpc/grpc-js';
import { service as healthService } from 'grpc-health-check';
import { callError } from '../dist/errors.js';

const HealthClient = makeGenericClientConstructor(healthService);
const asItIs = (bytes) => bytes;

export async function health(client, { request }) {
  const beside = new HealthClient('', undefined, { channelOverride: client.grpc.getChannel() });
  return { answer: await promised((callback) => beside.check(request, callback)) };
}

/** By hand: grpc-js has no client of reflection. */
export async function reflect(client, { request }) {
  const method = `/grpc.reflection.${request.version}.ServerReflection/ServerReflectionInfo`;
  const call = client.grpc.makeBidiStreamRequest(method, asItIs, asItIs);
  call.end(Buffer.from([7 << 3 | 2, 0])); // field 7, empty: the services, please
  let services = [];
  for await (const answer of call) {
    // Field 6 holds the list, whose field 1 holds the services, whose field 1 is the name.
    services = fields(answer, 6).flatMap((list) => fields(list, 1)).flatMap((service) => fields(service, 1));
  }
  return { answer: { services: services.map((name) => Buffer.from(name).toString()).sort() } };
}

export async function raw(client, { request }) {
  const bytes = Buffer.from(request.bytes, 'base64');
  await promised((callback) => client.grpc.makeUnaryRequest(`/${request.method}`, asItIs, asItIs, bytes, callback));
  return { answer: {} };
}

/** The answer of a call that the package does not make, or its error as the package tells it. */
function promised(begin) {
  return new Promise((resolve, reject) => {
    let header;
    const call = begin((error, answer) => (error ? reject(callError(error, header)) : resolve(answer)));
    call.on('metadata', (sent) => (header = sent));
  });
}

/** The values of a field of bytes in a message. */
function fields(message, number) {
  const reader = new BinaryReader(message);
  const found = [];
  while (reader.pos < reader.len) {
    const [field, type] = reader.tag();
    if (field === number) found.push(reader.bytes());
    else reader.skip(type, field);
  }
  return found;
}
