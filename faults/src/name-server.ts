/** A name server on loopback (UDP, RFC 1035) that answers what a fault tells it, right or wrong, and counts questions. */
import { createSocket } from 'node:dgram';

const TYPES = { A: 1, CNAME: 5, MX: 15, AAAA: 28 } as const;
const CODES = { ok: 0, servfail: 2, nxdomain: 3 } as const;

export type Answer =
  | { type: 'A'; address: string }
  | { type: 'CNAME'; name: string }
  | { type: 'MX'; priority: number; name: string };

export interface Reply {
  code: keyof typeof CODES;
  answers: readonly Answer[];
}

export interface NameServer {
  port: number;
  /** `MX name`, in the order asked. */
  asked: string[];
  stop(): Promise<void>;
}

/** `answer` may say nothing: then nothing is answered. Names are in lower case, without the last dot. */
export async function startNameServer(
  answer: (name: string, type: string) => Reply | undefined,
): Promise<NameServer> {
  const asked: string[] = [];
  const socket = createSocket('udp4');
  socket.on('message', (query, peer) => {
    const { name, end } = readName(query);
    const number = query.readUInt16BE(end);
    const type = Object.entries(TYPES).find(([, value]) => value === number)?.[0] ?? String(number);
    asked.push(`${type} ${name}`);
    const said = answer(name, type);
    if (!said) return;
    const records = said.answers.map((record) => encode(record));
    const header = Buffer.alloc(12);
    query.copy(header, 0, 0, 2);
    // A response, recursion desired and available.
    header.writeUInt16BE(0x8180 | CODES[said.code], 2);
    header.writeUInt16BE(1, 4);
    header.writeUInt16BE(records.length, 6);
    socket.send(
      Buffer.concat([header, query.subarray(12, end + 4), ...records]),
      peer.port,
      peer.address,
    );
  });
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  return {
    port: socket.address().port,
    asked,
    stop: () => new Promise((resolve) => socket.close(() => resolve())),
  };
}

function readName(query: Buffer): { name: string; end: number } {
  const labels: string[] = [];
  let at = 12;
  for (let length = query[at] as number; length > 0; length = query[at] as number) {
    labels.push(query.toString('latin1', at + 1, at + 1 + length));
    at += 1 + length;
  }
  return { name: labels.join('.').toLowerCase(), end: at + 1 };
}

/** Each record is about the name that was asked: a pointer to the question. */
function encode(record: Answer): Buffer {
  const data = dataOf(record);
  const head = Buffer.alloc(12);
  head.writeUInt16BE(0xc00c, 0);
  head.writeUInt16BE(TYPES[record.type], 2);
  head.writeUInt16BE(1, 4);
  head.writeUInt32BE(60, 6);
  head.writeUInt16BE(data.length, 10);
  return Buffer.concat([head, data]);
}

function dataOf(record: Answer): Buffer {
  if (record.type === 'A') return Buffer.from(record.address.split('.').map(Number));
  if (record.type === 'CNAME') return nameOf(record.name);
  const priority = Buffer.alloc(2);
  priority.writeUInt16BE(record.priority);
  return Buffer.concat([priority, nameOf(record.name)]);
}

function nameOf(name: string): Buffer {
  const labels = name.split('.').filter((label) => label !== '');
  return Buffer.concat([
    ...labels.map((label) => Buffer.from(`${String.fromCharCode(label.length)}${label}`, 'latin1')),
    Buffer.from([0]),
  ]);
}
