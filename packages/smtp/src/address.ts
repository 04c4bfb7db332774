/**
 * What may stand between the angle brackets of MAIL and RCPT. Nothing that passes here can end a command or begin
 * another: no control character, no bare bracket or space. RFC 5321 §4.1.2, RFC 6531.
 */

// Lenient about dots (`a..b@docomo.ne.jp` is a real mailbox), strict about everything that has a meaning in a command.
const PLAIN_LOCAL = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]+";
const QUOTED_LOCAL = '"(?:[ !#-\\[\\]-~]|\\\\[ -~])*"';
const DOMAIN = '(?:[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_])?\\.?|\\[[A-Za-z0-9.:-]+\\])';
const ASCII = new RegExp(`^(?:${PLAIN_LOCAL}|${QUOTED_LOCAL})@${DOMAIN}$`);
// The same, with every character from U+00A0 on that is not a space, a line break, or a lone surrogate.
const BEYOND =
  '[\\u00a1-\\u167f\\u1681-\\u1fff\\u200b-\\u2027\\u202a-\\u202e\\u2030-\\u205e\\u2060-\\u2fff\\u3001-\\ud7ff\\ue000-\\ufefe\\uff00-\\uffef]|[\\ud800-\\udbff][\\udc00-\\udfff]';
const UTF8 = new RegExp(
  `^(?:(?:[A-Za-z0-9!#$%&'*+/=?^_\`{|}~.-]|${BEYOND})+|"(?:[ !#-\\[\\]-~]|\\\\[ -~]|${BEYOND})*")@(?:(?:[A-Za-z0-9_.-]|${BEYOND})+|\\[[A-Za-z0-9.:-]+\\])$`,
);
const DOT_ATOM = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/;
/** RFC 5321 §4.5.3.1: 64 + 1 + 255. */
const ADDRESS_MAX = 320;

export type AddressKind = 'ascii' | 'utf8' | 'invalid';

/** Whether an address can go into a command as it is, needs SMTPUTF8, or cannot go at all. */
export function kindOfAddress(address: string): AddressKind {
  if (address.length > ADDRESS_MAX) return 'invalid';
  if (ASCII.test(address)) return 'ascii';
  return UTF8.test(address) ? 'utf8' : 'invalid';
}

/** Puts a local part in quotes where RFC 5321 does not allow it bare. For hosts with the quirk `isLocalPartQuoted`. */
export function quoteLocalPart(address: string): string {
  const at = address.lastIndexOf('@');
  const local = address.slice(0, at);
  if (at < 1 || local.startsWith('"') || DOT_ATOM.test(local)) return address;
  return `"${local.replace(/["\\]/g, '\\$&')}"${address.slice(at)}`;
}

const EHLO_NAME =
  /^(?:[A-Za-z0-9_](?:[A-Za-z0-9_.-]{0,253}[A-Za-z0-9_])?|\[[A-Za-z0-9.:]{2,60}\])$/;

/** A domain name or an address literal: what EHLO and HELO may carry. */
export function isEhloName(name: string): boolean {
  return EHLO_NAME.test(name);
}
