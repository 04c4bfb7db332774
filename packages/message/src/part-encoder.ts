/**
 * One body part: its header and its encoded content. A part of segments is encoded ahead as far as
 * it is constant; a part that LiquidJS renders is encoded as a whole.
 */
import { Base64Constant, Base64Writer } from './base64.ts';
import { type ByteWriter, canonicalBytes, scratchBytes, utf8Bytes } from './byte-writer.ts';
import type { Scope } from './fields.ts';
import {
  type QuotedPrintableConstant,
  QuotedPrintableWriter,
  quotedPrintableConstant,
} from './quoted-printable.ts';
import { type FieldSegment, renderField } from './segments.ts';
import type { CompiledPart } from './template.ts';

/** Writes part header, blank line and content, without the line end that belongs to a delimiter. */
export interface BodyEncoder {
  write(scope: Scope): void;
}

type Encoding = '7bit' | 'quoted-printable' | 'base64';

export function createBodyEncoder(
  type: 'text/plain' | 'text/html',
  part: CompiledPart,
  out: ByteWriter,
): BodyEncoder {
  const isHtml = type === 'text/html';
  if (!part.segments) return wholeEncoder(type, part, out);
  const constant = part.segments.filter((segment) => typeof segment === 'string').join('');
  const isPersonal = part.segments.some((segment) => typeof segment !== 'string');
  const encoding = encodingFor(canonicalBytes(constant), isPersonal);
  const header = partHeader(type, encoding);
  if (encoding === '7bit') {
    const whole = utf8Bytes(header + constant.replace(/\n/g, '\r\n'));
    return { write: () => out.put(whole) };
  }
  return encoding === 'base64'
    ? base64Encoder(header, part.segments, isHtml, out)
    : quotedPrintableEncoder(header, part.segments, isHtml, out);
}

function quotedPrintableEncoder(
  header: string,
  segments: readonly (string | FieldSegment)[],
  isHtml: boolean,
  out: ByteWriter,
): BodyEncoder {
  const pieces = segments.map((segment): QuotedPrintableConstant | FieldSegment =>
    typeof segment === 'string' ? quotedPrintableConstant(canonicalBytes(segment)) : segment,
  );
  const writer = new QuotedPrintableWriter(out);
  const head = utf8Bytes(header);
  return {
    write(scope) {
      out.put(head);
      writer.reset();
      for (const piece of pieces) {
        if ('encoded' in piece) writer.writeConstant(piece);
        else writer.write(scratchBytes(renderField(piece, scope, isHtml)));
      }
    },
  };
}

function base64Encoder(
  header: string,
  segments: readonly (string | FieldSegment)[],
  isHtml: boolean,
  out: ByteWriter,
): BodyEncoder {
  const pieces = segments.map((segment): Base64Constant | FieldSegment =>
    typeof segment === 'string' ? new Base64Constant(canonicalBytes(segment)) : segment,
  );
  const writer = new Base64Writer(out);
  const head = utf8Bytes(header);
  return {
    write(scope) {
      out.put(head);
      writer.reset();
      for (const piece of pieces) {
        if (piece instanceof Base64Constant) writer.writeConstant(piece);
        else writer.write(scratchBytes(renderField(piece, scope, isHtml)));
      }
      writer.flush();
    },
  };
}

function wholeEncoder(type: string, part: CompiledPart, out: ByteWriter): BodyEncoder {
  const quoted = new QuotedPrintableWriter(out);
  const base64 = new Base64Writer(out);
  return {
    write(scope) {
      const bytes = canonicalBytes(part.render(scope));
      const encoding = encodingFor(bytes, false);
      out.ascii(partHeader(type, encoding));
      if (encoding === '7bit') out.put(bytes);
      else if (encoding === 'base64') {
        base64.reset();
        base64.write(bytes);
        base64.flush();
      } else {
        quoted.reset();
        quoted.write(bytes);
      }
    },
  };
}

function partHeader(type: string, encoding: Encoding): string {
  return (
    `Content-Type: ${type}; charset=${encoding === '7bit' ? 'us-ascii' : 'utf-8'}\r\n` +
    `Content-Transfer-Encoding: ${encoding}\r\n\r\n`
  );
}

/**
 * The smallest encoding for these bytes. 7bit only where nothing personal may turn up: short lines
 * that no server would want to touch (no dot or `From` in front, no white space behind).
 */
function encodingFor(bytes: Uint8Array, isPersonal: boolean): Encoding {
  let encoded = 0;
  let column = 0;
  let columnMax = 0;
  let isTouchy = false;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] as number;
    if (byte === 61 || byte > 126 || (byte < 32 && byte !== 13 && byte !== 10)) encoded++;
    if (byte > 126 || byte === 9) isTouchy = true;
    if (column === 0 && (byte === 46 || byte === 70 || byte === 45)) isTouchy = true;
    if (byte === 13 && bytes[at - 1] === 32) isTouchy = true;
    column = byte === 10 ? 0 : column + 1;
    columnMax = Math.max(columnMax, column);
  }
  if (!isPersonal && !isTouchy && columnMax <= 78) return '7bit';
  const quotedSize = (bytes.length + 2 * encoded) * (1 + 3 / 75);
  const base64Size = ((bytes.length * 4) / 3) * (1 + 2 / 76);
  return base64Size < quotedSize ? 'base64' : 'quoted-printable';
}
