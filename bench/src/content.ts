/** A personalised message of about 4 KB on the wire, for our composer and for nodemailer's alike. */

const PARAGRAPH =
  'Our autumn collection has arrived. Members see it first, with free delivery until the end of the month and double points on every order. ';

export const SUBJECT = 'Autumn news for {{ name }}';
export const TEXT = `Dear {{ name }},\n\n${PARAGRAPH.repeat(4)}\n\nYour points: {{ points }}\n`;
export const HTML = `<!doctype html><html><body><p>Dear {{ name }},</p>${`<p>${PARAGRAPH}</p>\n`.repeat(16)}<p>Your points: {{ points }}</p></body></html>\n`;

/** The same fields, filled in the way that a user of nodemailer would. */
export function fill(template: string, fields: Record<string, string>): string {
  return template.replace(/\{\{ (\w+) \}\}/g, (_, key: string) => fields[key] ?? '');
}
