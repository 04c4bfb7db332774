/**
 * The link of a message. GET leads to a page that asks, for scanners follow links; POST unsubscribes: the person whom a
 * personal link names (RFC 8058), or whoever has the address that was entered on the page of a bulk message.
 * A person is sent back to the page, which shows what is true now.
 */
import { log } from '#server/log.ts';
import { askForAddress } from './ask-for-address.ts';
import { postedIntent } from './posted-intent.ts';
import { readBulkLink } from './queries/bulk-link.ts';
import { unsubscribe } from './queries/subscription.ts';
import { readStart } from './read-start.ts';

/** The answer to a GET: changes nothing, whatever the token is worth. */
export function showUnsubscribe(token: string): Response {
  return seeOther(pageOf(token));
}

/** The answer to a POST. Idempotent. */
export async function answerUnsubscribe(token: string, request: Request): Promise<Response> {
  const body = await readStart(request);
  const intent = postedIntent(body);
  if (intent === null) return text(400, 'POST List-Unsubscribe=One-Click');
  try {
    const link = readBulkLink(token);
    if (link) {
      // A shared link cannot say who clicked.
      if (intent === 'one-click') return text(400, 'Open the link and enter the address');
      return seeOther(`${pageOf(token)}?${await askForAddress(link, body, request.headers)}`);
    }
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
