/** One line per step with its time, and on failure what failed and how to mend it. */

const COLOURS = process.stdout.isTTY && !process.env.NO_COLOR;
const paint = (code) => (text) => (COLOURS ? `\u001b[${code}m${text}\u001b[0m` : text);

export const green = paint(32);
export const red = paint(31);
export const yellow = paint(33);
export const bold = paint(1);

/** `1.2 s` */
export function seconds(sinceMs) {
  return `${((performance.now() - sinceMs) / 1000).toFixed(1)} s`;
}

/** `ok  name        1.2 s  note` in columns. */
export function stepLine(mark, name, time, note = '') {
  return `${mark}  ${name.padEnd(12)} ${time.padStart(7)}${note ? `  ${note}` : ''}`;
}
