/** The reply to EHLO: RFC 5321 §4.1.1.1, RFC 2920 PIPELINING, RFC 1870 SIZE, RFC 9422 LIMITS, RFC 3207 STARTTLS. */
import type { Manners } from './config.ts';

export function capabilitiesReply(
  manners: Manners,
  hostname: string,
  isTlsOffered: boolean,
): string {
  const off = new Set<string>(manners.capabilitiesOff);
  if (off.has('EHLO')) return '502 5.5.1 Command not known';
  const offered = ['PIPELINING', 'SIZE', '8BITMIME', 'ENHANCEDSTATUSCODES', 'SMTPUTF8']
    .filter((word) => !off.has(word))
    .map((word) => (word === 'SIZE' ? `SIZE ${manners.sizeMaxBytes}` : word));
  const { rcptMax, mailMax, rcptDomainMax } = manners.limits ?? {};
  const limits = Object.entries({
    RCPTMAX: rcptMax,
    MAILMAX: mailMax,
    RCPTDOMAINMAX: rcptDomainMax,
  })
    .filter(([, value]) => value !== undefined)
    .map(([word, value]) => `${word}=${value}`);
  if (limits.length > 0) offered.push(`LIMITS ${limits.join(' ')}`);
  if (isTlsOffered) offered.push('STARTTLS');
  const lines = [hostname, ...offered];
  return lines.map((word, i) => `250${i === lines.length - 1 ? ' ' : '-'}${word}`).join('\r\n');
}
