/**
 * The personal link of a message. GET leads to a page that asks, for scanners follow links; POST unsubscribes (RFC 8058).
 * A person is sent back to the page, which shows what is true now.
 */
import { log } from '#server/log.ts';
import { postedIntent } from './posted-intent.ts';
import { unsubscribe } from './queries/subscription.ts';

const BODY_MAX = 10_000;

/** The answer to a GET: changes nothing, whatever the token is worth. */
export function showUnsubscribe(token: string): Response {
  return seeOther(pageOf(token));
}

/** The answer to a POST. Idempotent. */
export async function answerUnsubscribe(token: string, request: Request): Promise<Response> {
  const intent = postedIntent(await readStart(request));
  if (intent === null) return text(400, 'POST List-Unsubscribe=One-Click');
  try {
    const isGone = await unsubscribe(token);
    if (intent === 'button') return seeOther(pageOf(token));
    return isGone ? text(200, 'Unsubscribed') : text(404, 'No such link');
  } catch (error) {
    log.error({ err: error }, 'unsubscribing failed');
    // A mail program tries again later; a person sees why.
    if (intent === 'one-click') return text(503, 'Try again later');
    return seeOther(`${pageOf(token)}?failed=1`);
  }
}

/** Nobody needs to send more than this, and nobody may make us hold it. */
async function readStart(request: Request): Promise<string> {
  const reader = request.body?.getReader();
  if (!reader) return '';
  const decoder = new TextDecoder();
  let body = '';
  while (body.length < BODY_MAX) {
    const { done, value } = await reader.read();
    if (done) break;
    body += decoder.decode(value, { stream: true });
  }
  await reader.cancel();
  return body.slice(0, BODY_MAX);
}

function pageOf(token: string): string {
  return `/unsubscribe/${encodeURIComponent(token)}`;
}

function seeOther(location: string): Response {
  return new Response(null, { status: 303, headers: { location, 'cache-control': 'no-store' } });
}

function text(status: number, message: string): Response {
  return new Response(message, {
    status,
    headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' },
  });
}
