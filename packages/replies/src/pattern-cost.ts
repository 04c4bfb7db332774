/**
 * Whether a regular expression may take time out of proportion to the text: replies are written by strangers, and one that
 * makes the classifier stand still stops every lane. A static, careful answer: what it cannot tell from harm is refused.
 */

/** The reason why a pattern must not be used, or null. Looks at nested repetition and at several wild stretches in a row. */
export function catastropheOf(source: string): string | null {
  const open: Frame[] = [newFrame()];
  let lastWasWide = false;
  for (let at = 0; at < source.length; ) {
    const frame = open.at(-1) as Frame;
    const atom = readAtom(source, at);
    if (atom === '(') {
      open.push(newFrame());
      at += groupPrefix(source, at);
      continue;
    }
    if (atom === '|') {
      frame.hasChoice = true;
      frame.wild = 0;
      at += 1;
      continue;
    }
    const closed = atom === ')' ? (open.pop() as Frame) : null;
    const holder = open.at(-1) as Frame;
    at += atom.length;
    const times = readQuantifier(source, at);
    at += times.length;
    if (closed) {
      holder.repeats ||= closed.repeats;
      if (isRepeated(times) && closed.repeats) return 'a repetition within a repetition';
      if (isRepeated(times) && closed.hasChoice) return 'a choice that is repeated';
    }
    if (isRepeated(times)) {
      holder.repeats = true;
      const isWide = atom === '.' || /^(\[\^|\\[SDW])/.test(atom);
      if (isWide && lastWasWide) return 'two wild stretches side by side';
      if (isWide) holder.wild += 1;
      if (holder.wild > WILD_MAX) return 'too many wild stretches in a row';
      lastWasWide = isWide;
    } else lastWasWide = false;
  }
  return null;
}

/** One character, escape, class or bracket of a group, as it stands in the source. */
function readAtom(source: string, at: number): string {
  if (source[at] === '\\') return source.slice(at, at + 2);
  if (source[at] !== '[') return source[at] as string;
  let end = at + 1;
  while (end < source.length && source[end] !== ']') end += source[end] === '\\' ? 2 : 1;
  return source.slice(at, end + 1);
}

function readQuantifier(source: string, at: number): string {
  return /^(?:[*+?]|\{\d+(?:,\d*)?\})\??/.exec(source.slice(at))?.[0] ?? '';
}

function groupPrefix(source: string, at: number): number {
  return /^\((?:\?(?::|[=!]|<[=!]|<\w+>))?/.exec(source.slice(at))?.[0].length ?? 1;
}

/** Unbounded, or so often that nesting it would be as bad. */
function isRepeated(quantifier: string): boolean {
  if (quantifier.startsWith('*') || quantifier.startsWith('+')) return true;
  const bounds = /^\{(\d+)(,?)(\d*)\}/.exec(quantifier);
  if (bounds === null) return false;
  const [, least = '', comma, most = ''] = bounds;
  return comma !== '' && (most === '' || Number(most) - Number(least) > OFTEN);
}

function newFrame(): Frame {
  return { repeats: false, hasChoice: false, wild: 0 };
}

const WILD_MAX = 2;
const OFTEN = 10;

type Frame = { repeats: boolean; hasChoice: boolean; wild: number };
