/**
 * A server's reply as it came: its code, and its bytes kept raw, because the text may be in any charset.
 * Text, lines and enhanced code are worked out only when somebody asks. RFC 5321 §4.2, RFC 2034, RFC 3463.
 */

/** One complete reply. `bytes` is the text of all lines without codes, joined by LF, cut at the parser's cap. */
export class Reply {
  /** The code of the last line, 200–599. */
  readonly code: number;
  readonly bytes: Uint8Array;
  /** True when a part of the text was dropped because the reply was longer than the parser's cap. */
  readonly isCut: boolean;
  #text: string | undefined;

  constructor(code: number, bytes: Uint8Array, isCut = false) {
    this.code = code;
    this.bytes = bytes;
    this.isCut = isCut;
  }

  /** All lines joined by LF, without codes; readable, free of control characters. Never throws. */
  get text(): string {
    this.#text ??= decodeReplyText(this.bytes);
    return this.#text;
  }

  get lines(): string[] {
    return this.text.split('\n');
  }

  /** The enhanced status code (`5.1.1`), or undefined where there is none that agrees with the code. */
  get enhanced(): string | undefined {
    return findEnhancedCode(this.code, this.text);
  }

  /** `550 5.1.1 text`, on one line, for logs and screens. */
  toString(): string {
    return `${this.code} ${this.text.replaceAll('\n', ' / ')}`.trimEnd();
  }
}

/** Builds a reply from a string, for tests and for callers that keep replies as text. */
export function replyOf(code: number, text = ''): Reply {
  return new Reply(code, new TextEncoder().encode(text));
}

/**
 * The first enhanced code in a reply's lines whose class agrees with the reply code; none on 3yz.
 * Tolerates a leading `#`; a truncated `5.1.` counts as none.
 */
export function findEnhancedCode(code: number, text: string): string | undefined {
  const replyClass = Math.trunc(code / 100);
  if (replyClass !== 2 && replyClass !== 4 && replyClass !== 5) return undefined;
  for (const line of text.split('\n')) {
    const found = /^\s*#?([245])\.(\d{1,3})\.(\d{1,3})(?![\d.])/.exec(line);
    if (found !== null && Number(found[1]) === replyClass)
      return `${found[1]}.${found[2]}.${found[3]}`;
  }
  return undefined;
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** Decodes reply bytes: UTF-8, else ISO-2022-JP where its escapes are seen, else Shift_JIS, else Latin-1. */
export function decodeReplyText(bytes: Uint8Array): string {
  return decode(bytes).replace(UNPRINTABLE, ' ');
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const UNPRINTABLE = /[\u0000-\u0009\u000b-\u001f\u007f]/g;

function decode(bytes: Uint8Array): string {
  const isIso2022 = bytes.includes(0x1b);
  for (const label of isIso2022 ? ['iso-2022-jp'] : ['utf-8', 'shift_jis']) {
    try {
      return label === 'utf-8'
        ? utf8.decode(bytes)
        : new TextDecoder(label, { fatal: true }).decode(bytes);
    } catch {
      // The next charset is tried: a reply must never throw.
    }
  }
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
}
