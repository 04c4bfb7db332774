/**
 * Behaviour that an address asks for itself, by the beginning of its local part, at every destination. Tests and the
 * demo can so write the outcome they want into a list.
 */

/**
 * unknown: 550 5.1.1 at RCPT · full: 452 4.2.2 at RCPT (of the two real answers the one that is retried) ·
 * blocked: 550 5.7.1 with a block list's name at RCPT · defer: 451 at RCPT, always · tempfail-once: 451 at the first
 * RCPT ever · dot550: 550 at the dot · stall: no answer to the dot, not accepted · drop-after-dot: accepted and
 * journaled, connection destroyed without the reply, the first time only.
 */
export type AddressRule =
  | 'unknown'
  | 'full'
  | 'blocked'
  | 'defer'
  | 'tempfail-once'
  | 'dot550'
  | 'stall'
  | 'drop-after-dot';

const RULE = /^"?(unknown|full|blocked|defer|tempfail-once|dot550|stall|drop-after-dot)-/i;

export function addressRule(address: string): AddressRule | undefined {
  return RULE.exec(address)?.[1]?.toLowerCase() as AddressRule | undefined;
}

export function domainOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1).toLowerCase();
}

/** Fills `{address}` and `{local}` into a configured reply text. */
export function replyFor(text: string, address: string): string {
  if (!text.includes('{')) return text;
  const local = address.slice(0, address.lastIndexOf('@'));
  return text.replaceAll('{address}', () => address).replaceAll('{local}', () => local);
}
