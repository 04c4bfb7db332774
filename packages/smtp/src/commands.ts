/**
 * Command lines, CRLF included. Every argument is checked here or in address.ts, whatever was checked before: no CR, LF
 * or NUL can reach the wire inside a command. ASCII lines stay strings, others become UTF-8 bytes.
 */
import { isEhloName, quoteLocalPart } from './address.ts';
import type { Capabilities } from './capabilities.ts';
import type { Quirks } from './settings.ts';
import type { Transaction } from './transaction.ts';

/** A part of a flight: a string holds ASCII only. */
export type Piece = string | Uint8Array;

export const DATA = 'DATA\r\n';
export const RSET = 'RSET\r\n';
export const QUIT = 'QUIT\r\n';
export const STARTTLS = 'STARTTLS\r\n';
/** The end mark behind dressed content, and all of an empty message. */
export const END_MARK = '.\r\n';

export function ehloCommand(verb: 'EHLO' | 'HELO', name: string): string {
  if (!isEhloName(name))
    throw new TypeError(
      'ehloName must be a domain name or an address literal, such as mail.example.jp or [192.0.2.1]',
    );
  return `${verb} ${name}\r\n`;
}

export function mailCommand(
  transaction: Transaction,
  capabilities: Capabilities,
  quirks: Quirks,
): Piece {
  let line = `MAIL FROM:<${spell(transaction.mailFrom, quirks)}>`;
  const size = transaction.sizeBytes;
  if (capabilities.hasSize && size !== undefined && Number.isSafeInteger(size) && size >= 0)
    line += ` SIZE=${size}`;
  if (transaction.isEightBit === true && capabilities.hasEightBitMime) line += ' BODY=8BITMIME';
  if (transaction.isSmtpUtf8 === true && capabilities.hasSmtpUtf8) line += ' SMTPUTF8';
  return asPiece(line);
}

export function rcptCommand(recipient: string, quirks: Quirks): Piece {
  return asPiece(`RCPT TO:<${spell(recipient, quirks)}>`);
}

/** Initial and later lines of AUTH. Base64 only, so nothing in a password can end the line. */
export function authLine(
  prefix: '' | 'AUTH PLAIN ' | 'AUTH LOGIN' | 'AUTH XOAUTH2 ',
  secret: string,
): string {
  return `${prefix}${base64(secret)}\r\n`;
}

function spell(address: string, quirks: Quirks): string {
  return quirks.isLocalPartQuoted === true ? quoteLocalPart(address) : address;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is kept out
const FORBIDDEN = /[\u0000-\u001f\u007f]/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: ASCII begins there
const ASCII = /^[\u0000-\u007f]*$/;

function asPiece(line: string): Piece {
  // Unreachable behind kindOfAddress(); kept as the last wall.
  if (FORBIDDEN.test(line)) throw new TypeError('a control character cannot go into a command');
  return ASCII.test(line) ? `${line}\r\n` : new TextEncoder().encode(`${line}\r\n`);
}

function base64(secret: string): string {
  let binary = '';
  for (const byte of new TextEncoder().encode(secret)) binary += String.fromCharCode(byte);
  return btoa(binary);
}
