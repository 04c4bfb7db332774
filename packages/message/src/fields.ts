/**
 * Merge values on their way into a message. Everything becomes a plain, well-formed string in an
 * object that inherits nothing, so that a template can reach nothing but text that we cleaned.
 */

/** A person's fields as they are stored: column key → value. What is no scalar is treated as absent. */
export type Fields = Readonly<Record<string, unknown>>;

/** Cleaned values, with nothing inherited; an absent field is an absent key. */
export type Scope = Record<string, string>;

/** Inherits from an empty object: of one made without a prototype the engine keeps a hash table, for each message anew. */
class EmptyScope {
  [name: string]: string;
}
Reflect.deleteProperty(EmptyScope.prototype, 'constructor');
Object.setPrototypeOf(EmptyScope.prototype, null);

/**
 * Builds the scope of one recipient with only the fields that the template names.
 * `own` wins over `fields`: a column cannot replace `email` or `unsubscribe_url`.
 */
export function scopeOf(names: readonly string[], fields: Fields, own: Fields): Scope {
  const scope = new EmptyScope();
  for (const name of names) {
    const value = Object.hasOwn(own, name)
      ? own[name]
      : Object.hasOwn(fields, name)
        ? fields[name]
        : undefined;
    const text = scalarText(value);
    if (text !== undefined) scope[name] = cleanBody(text);
  }
  return scope;
}

/** `undefined` for null, undefined, objects, arrays and functions. */
export function scalarText(value: unknown): string | undefined {
  switch (typeof value) {
    case 'string':
      return value;
    case 'number':
    case 'bigint':
    case 'boolean':
      return String(value);
    default:
      return undefined;
  }
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is the purpose
const UNCLEAN_BODY = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is the purpose
const BODY_CONTROLS = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is the purpose
const UNCLEAN_HEADER = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is the purpose
const HEADER_CONTROLS = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g;

/**
 * Text for a body: line ends become `\n`, other control characters (C0 but tab, DEL, C1) become
 * spaces, lone surrogates become U+FFFD.
 */
export function cleanBody(text: string): string {
  const clean = UNCLEAN_BODY.test(text)
    ? text.replace(/\r\n?/g, '\n').replace(BODY_CONTROLS, ' ')
    : text;
  return clean.isWellFormed() ? clean : clean.toWellFormed();
}

/** Text for a header: every control character and line separator (also U+2028, U+2029) is a space; trimmed. */
export function cleanHeader(text: string): string {
  const clean = UNCLEAN_HEADER.test(text)
    ? text.replace(/\r\n/g, ' ').replace(HEADER_CONTROLS, ' ')
    : text;
  return clean.toWellFormed().trim();
}

const HTML_SPECIAL = /[&<>"']/;
const HTML_ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Escapes for HTML text and for quoted attribute values. */
export function escapeHtml(text: string): string {
  if (!HTML_SPECIAL.test(text)) return text;
  return text.replace(/[&<>"']/g, (character) => HTML_ESCAPES[character] ?? character);
}
