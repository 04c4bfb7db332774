/** What a POST to an unsubscribe link means: a mail program's one click (RFC 8058 §3.1) or the button of our page. */

/** `null`: neither, so nothing is done. The body of a mail program is form data in either encoding. */
export function postedIntent(body: string): 'one-click' | 'button' | null {
  if (/(^|&)List-Unsubscribe=One-Click(&|$)/i.test(body.trim())) return 'one-click';
  if (/name="?List-Unsubscribe"?\r?\n(?:[^\r\n]+\r?\n)*\r?\nOne-Click/i.test(body))
    return 'one-click';
  return /(^|&)confirm=1(&|$)/.test(body) ? 'button' : null;
}
