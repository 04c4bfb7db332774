/** The control port: HTTP and JSON on loopback, for tests, fault runs and people with curl. */

import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ZodError, z } from 'zod';
import type { Destination } from './destination.ts';
import type { MessageStore } from './message-store.ts';
import type { Triggers } from './triggers.ts';
import { triggerSchema } from './triggers.ts';

const BODY_MAX_BYTES = 65_536;

export async function startControl(
  parts: ControlParts,
  port: number,
): Promise<{ port: number; close(): Promise<void> }> {
  const server = createServer((request, response) => {
    void answer(parts, request).then((result) => send(response, result));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function answer(parts: ControlParts, request: IncomingMessage): Promise<Answer> {
  try {
    return await route(parts, request);
  } catch (error) {
    if (error instanceof ZodError) return wrong(400, 'invalid', z.prettifyError(error));
    if (error instanceof SyntaxError) return wrong(400, 'invalid', 'The body is not JSON.');
    return wrong(500, 'internal', error instanceof Error ? error.message : String(error));
  }
}

async function route(parts: ControlParts, request: IncomingMessage): Promise<Answer> {
  const { destinations, triggers, messages } = parts;
  const url = new URL(request.url ?? '/', 'http://receiver.test');
  const destination = /^\/destinations\/([^/]+)\/manners$/.exec(url.pathname);
  const call = `${request.method} ${destination ? '/destinations/:name/manners' : url.pathname}`;
  switch (call) {
    case 'GET /health':
      return { status: 200, body: { ok: true, pid: process.pid } };
    case 'GET /stats':
      return { status: 200, body: { destinations: destinations.map((d) => d.stats()) } };
    case 'GET /messages':
      return lastMessage(messages, url.searchParams.get('recipient'));
    case 'GET /triggers':
      return { status: 200, body: { triggers: triggers.report() } };
    case 'POST /triggers':
      return { status: 201, body: triggers.arm(triggerSchema.parse(await readJson(request))) };
    case 'DELETE /triggers':
      triggers.disarm();
      return { status: 200, body: { triggers: triggers.report() } };
    case 'GET /destinations/:name/manners':
    case 'PATCH /destinations/:name/manners': {
      const found = destinations.find((d) => d.name === destination?.[1]);
      if (!found) return wrong(404, 'not-found', `There is no destination "${destination?.[1]}".`);
      if (request.method === 'GET') return { status: 200, body: found.manners };
      return { status: 200, body: found.changeManners(await readJson(request)) };
    }
    default:
      return wrong(
        404,
        'not-found',
        `There is no ${call} here; apps/receiver/README.md lists what there is.`,
      );
  }
}

function lastMessage(messages: MessageStore | null, recipient: string | null): Answer {
  if (messages === null) {
    return wrong(
      409,
      'not-kept',
      'No message is kept: start the receiver with --keep-messages FOLDER.',
    );
  }
  if (recipient === null) return wrong(400, 'invalid', 'Say whose: /messages?recipient=address.');
  const message = messages.lastTo(recipient);
  return message
    ? { status: 200, body: message }
    : wrong(404, 'not-found', `No message was accepted for ${recipient}.`);
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    bytes += (chunk as Buffer).length;
    if (bytes > BODY_MAX_BYTES) throw new SyntaxError('too long');
    chunks.push(chunk as Buffer);
  }
  return JSON.parse(Buffer.concat(chunks).toString('utf8'));
}

function wrong(status: number, code: string, message: string): Answer {
  return { status, body: { error: { code, message } } };
}

function send(response: ServerResponse, { status, body }: Answer): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' });
  response.end(JSON.stringify(body));
}

interface ControlParts {
  destinations: readonly Destination[];
  triggers: Triggers;
  messages: MessageStore | null;
}

interface Answer {
  status: number;
  body: unknown;
}
