/** Both languages say everything: same files, same keys, same arguments, nothing empty. */

const FOLDER = 'apps/dashboard/messages';

export function catalogueProblems(files) {
  const names = new Set(
    [...files.keys()]
      .filter((file) => file.startsWith(`${FOLDER}/`))
      .map((file) => file.split('/').slice(4).join('/') || file.split('/').at(-1)),
  );
  return [...names].flatMap((name) => {
    const [en, ja] = ['en', 'ja'].map((language) => {
      const file = `${FOLDER}/${language}/${name}`;
      const text = files.get(file);
      return { file, texts: text === undefined ? undefined : flatten(JSON.parse(text)) };
    });
    return [...missing(en, ja), ...missing(ja, en), ...differing(en, ja)];
  });
}

function missing(here, there) {
  if (!here.texts) return [];
  const lacking = [...here.texts.keys()].filter((key) => !there.texts?.has(key));
  const empty = [...here.texts].filter(([, text]) => String(text).trim() === '');
  return [
    ...lacking.map((key) => ({ file: there.file, problem: `"${key}" is missing` })),
    ...empty.map(([key]) => ({ file: here.file, problem: `"${key}" is empty` })),
  ];
}

function differing(en, ja) {
  if (!en.texts || !ja.texts) return [];
  return [...en.texts].flatMap(([key, text]) => {
    const other = ja.texts.get(key);
    if (other === undefined || argumentsOf(text) === argumentsOf(other)) return [];
    const problem = `"${key}" takes ${argumentsOf(other) || 'nothing'}, in English ${argumentsOf(text) || 'nothing'}`;
    return [{ file: ja.file, problem }];
  });
}

/** The names of the arguments and tags of an ICU message, sorted; what stands in a branch of plural is text. */
function argumentsOf(text) {
  const names = new Set();
  readMessage(String(text), 0, names);
  return [...names].sort().join(', ');
}

function readMessage(text, start, names) {
  let at = start;
  while (at < text.length && text[at] !== '}') {
    const tag = /^<(\w+)>/.exec(text.slice(at));
    if (tag) names.add(`<${tag[1]}>`);
    at = text[at] === '{' ? readArgument(text, at + 1, names) : at + 1;
  }
  return at;
}

/** From behind `{` to behind its `}`. */
function readArgument(text, start, names) {
  const name = /^\s*(\w+)/.exec(text.slice(start));
  if (name) names.add(name[1]);
  let at = start + (name?.[0].length ?? 0);
  while (at < text.length && text[at] !== '}') {
    at = text[at] === '{' ? readMessage(text, at + 1, names) + 1 : at + 1;
  }
  return at + 1;
}

function flatten(tree, prefix = '', out = new Map()) {
  for (const [key, value] of Object.entries(tree)) {
    const path = prefix ? `${prefix}.${key}` : key;
    if (value !== null && typeof value === 'object') flatten(value, path, out);
    else out.set(path, value);
  }
  return out;
}
