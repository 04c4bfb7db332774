/** Reads MAIL and RCPT (RFC 5321 §4.1.2, RFC 1870, RFC 6152, RFC 6531). A refusal is a whole reply. */
import type { Manners } from './config.ts';

const PATH = '<((?:"(?:[^"\\\\]|\\\\.)*"|[^<>"])*)>';
const MAIL = new RegExp(`^MAIL FROM: ?${PATH}(.*)$`, 'i');
const RECIPIENT = new RegExp(`^RCPT TO: ?${PATH}(.*)$`, 'i');
/** Dots in odd places are let through: carriers have such addresses. */
const ADDRESS = /^(?:"(?:[^"\\]|\\.)*"|[^\s@"]+)@[^\s@"]+$/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: the whole point is to see what is not ASCII
const NOT_ASCII = /[^\x00-\x7f]/;

type Refused = { refusal: string };

/** An empty address is the null sender of a notification. */
export function readMail(
  line: string,
  manners: Manners,
): { address: string; isUtf8: boolean } | Refused {
  const match = MAIL.exec(line);
  if (!match) return { refusal: '501 5.5.4 Syntax: MAIL FROM:<address>' };
  const [, address = '', rest = ''] = match;
  if (address !== '' && !ADDRESS.test(address)) {
    return { refusal: '553 5.1.7 Sender address not understood' };
  }
  let isUtf8 = false;
  for (const parameter of rest.split(' ')) {
    if (parameter === '') continue;
    const [word = '', value = ''] = parameter.toUpperCase().split('=');
    const capability = word === 'BODY' ? '8BITMIME' : word;
    const isOffered =
      ['SIZE', '8BITMIME', 'SMTPUTF8'].includes(capability) &&
      !(manners.capabilitiesOff as string[]).includes(capability);
    if (!isOffered) return { refusal: `555 5.5.4 Parameter not known: ${word}` };
    if (word === 'SMTPUTF8') isUtf8 = true;
    if (word === 'SIZE' && !/^\d{1,20}$/.test(value))
      return { refusal: '501 5.5.4 SIZE is a number' };
    if (word === 'SIZE' && Number(value) > manners.sizeMaxBytes) {
      return { refusal: '552 5.3.4 Message too big' };
    }
  }
  if (!isUtf8 && NOT_ASCII.test(address)) return { refusal: '553 5.6.7 Sender needs SMTPUTF8' };
  return { address, isUtf8 };
}

export function readRecipient(line: string, isUtf8: boolean): { address: string } | Refused {
  const match = RECIPIENT.exec(line);
  if (!match) return { refusal: '501 5.5.4 Syntax: RCPT TO:<address>' };
  const [, address = '', rest = ''] = match;
  if (!ADDRESS.test(address)) return { refusal: '501 5.1.3 Recipient address not understood' };
  if (rest.trim() !== '') return { refusal: '555 5.5.4 RCPT takes no parameter here' };
  if (!isUtf8 && NOT_ASCII.test(address)) return { refusal: '553 5.6.7 Recipient needs SMTPUTF8' };
  return { address };
}
