/**
 * Addresses as people type them → addresses as they go over the wire (RFC 5321 §4.1.2). What an
 * input method did is undone (full-width letters and spaces); what a person wrote is never corrected.
 */
import { allowsIllegalDots } from './carriers.ts';
import { type RefusalCode, refusalKey } from './refusals.ts';

export interface NormaliseOptions {
  /**
   * IDN → punycode, such as `domainToASCII` of `node:url`; returns '' for what is no domain.
   * Without it a domain with other letters than ASCII is refused.
   */
  readonly toAscii?: (domain: string) => string;
}

export interface Address {
  /** As it is written on the wire: the local part as given, the domain in lower-case ASCII. */
  readonly email: string;
  /** The whole address in lower case: what makes two addresses the same person. */
  readonly emailKey: string;
  readonly localPart: string;
  readonly domain: string;
}

export type NormalisedAddress =
  | ({ readonly ok: true } & Address)
  | { readonly ok: false; readonly code: RefusalCode; readonly messageKey: string };

// RFC 5321 §4.5.3.1: 64 for the local part, 256 for a path with its brackets.
const LOCAL_PART_MAX = 64;
const ADDRESS_MAX = 254;
// Longer cells cannot become an address, and are not worth a look.
const RAW_MAX = 1_000;

const ATOM = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+";
const DOT_ATOM = new RegExp(`^${ATOM}(?:\\.${ATOM})*$`);
const DOTS_ANYWHERE = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]+$/;
// RFC 5322 allows more between quotes; `"a@evil x"@` and the like serve only to fool a reader.
const QUOTED = /^"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]+"$/;
const LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

// White space and marks without width, which come along with a copied cell.
const EDGES = /^[\s\u00ad\u200b-\u200f\u2060\ufeff]+|[\s\u00ad\u200b-\u200f\u2060\ufeff]+$/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is the purpose
const CONTROLS = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/;

/** Normalises and checks one address. Never throws. */
export function normaliseAddress(raw: string, options: NormaliseOptions = {}): NormalisedAddress {
  if (raw.length > RAW_MAX) return refused('too-long');
  const text = halfWidth(raw).replace(EDGES, '');
  if (text === '') return refused('no-address');
  if (CONTROLS.test(text)) return refused('control-character');
  const at = text.lastIndexOf('@');
  if (at < 1 || at === text.length - 1) return refused('bad-address');
  const localPart = text.slice(0, at);
  const domain = normaliseDomain(text.slice(at + 1), options);
  if (/[\u0080-\uffff]/.test(localPart)) return refused('non-ascii-local-part');
  if (domain === null) return refused('bad-domain');
  const email = `${localPart}@${domain}`;
  if (localPart.length > LOCAL_PART_MAX || email.length > ADDRESS_MAX) return refused('too-long');
  if (!isLocalPart(localPart, domain)) return refused('bad-address');
  return { ok: true, email, emailKey: email.toLowerCase(), localPart, domain };
}

/** A mail domain in lower-case ASCII, or null when it cannot be one. */
export function normaliseDomain(raw: string, { toAscii }: NormaliseOptions = {}): string | null {
  const text = halfWidth(raw)
    .replace(/[\u3002\uff61]/g, '.')
    .toLowerCase();
  // Only letters, marks, digits, dots and hyphens may reach an IDN converter: it would map or drop others.
  if (!/^[\p{L}\p{M}\p{N}.-]+$/u.test(text)) return null;
  const isAscii = !/[\u0080-\uffff]/.test(text);
  const domain = isAscii ? text : (toAscii?.(text) ?? '').toLowerCase();
  const labels = domain.split('.');
  const isDomain =
    labels.length >= 2 && domain.length <= 253 && labels.every((label) => LABEL.test(label));
  // An all-numeric top level is an address of the network, not a domain.
  return isDomain && !/^\d+$/.test(labels.at(-1) ?? '') ? domain : null;
}

function isLocalPart(localPart: string, domain: string): boolean {
  if (DOT_ATOM.test(localPart) || QUOTED.test(localPart)) return true;
  return DOTS_ANYWHERE.test(localPart) && allowsIllegalDots(domain);
}

/** Full-width ASCII (`ａ＠ｂ`) and the ideographic space as their ordinary forms. */
export function halfWidth(text: string): string {
  return text.replace(/[\uff01-\uff5e\u3000]/g, (character) =>
    character === '\u3000' ? ' ' : String.fromCharCode(character.charCodeAt(0) - 0xfee0),
  );
}

function refused(code: RefusalCode): NormalisedAddress {
  return { ok: false, code, messageKey: refusalKey(code) };
}
