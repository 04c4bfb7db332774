/** .env.example and the env.ts files name the same variables. */

const EXAMPLE = '.env.example';

/** Every variable that an env.ts reads is explained in .env.example, and the other way round. */
export function environmentProblems(files) {
  const example = files.get(EXAMPLE);
  if (example === undefined) return [];
  const explained = namesIn(example, /^#? ?([A-Z][A-Z0-9_]+)=/gm);
  const sources = [...files].filter(([file]) => /(^|\/)env\.ts$/.test(file));
  const read = new Map();
  for (const [file, text] of sources) {
    for (const name of namesIn(text, /^\s+([A-Z][A-Z0-9_]+):/gm)) read.set(name, file);
  }
  const scripts = [...files]
    .filter(([file]) =>
      /^scripts\/.*\.mjs$|\.config\.ts$|migrate\/main\.ts$|^docker\/compose\.yaml$/.test(file),
    )
    .map(([, text]) => text)
    .join('\n');
  return [
    ...[...read]
      .filter(([name]) => !explained.has(name) && name !== 'NODE_ENV')
      .map(([name, file]) => ({ file, problem: `${name} is not explained in ${EXAMPLE}` })),
    ...[...explained]
      .filter((name) => !read.has(name) && !new RegExp(`\\b${name}\\b`).test(scripts))
      .map((name) => ({ file: EXAMPLE, problem: `nothing reads ${name}` })),
  ];
}

function namesIn(text, pattern) {
  return new Set([...text.matchAll(pattern)].map((match) => match[1]));
}
