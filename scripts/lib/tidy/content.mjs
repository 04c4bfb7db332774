/** What must not stand in a file: each entry is a pattern, where it counts, and how to say it instead. */

const SOURCE = /\.(tsx?|mts|mjs)$/;
const TEST = /\.test\.\w+$|\.spec\.ts$|(^|\/)tests\//;
const PURE = /^packages\/(delivery|replies|audience|campaigns|reports)\/src\//;
/** These files hold the patterns themselves. */
const RULES = /^scripts\/(lib\/tidy\/|tidy\.test\.mjs)/;

const BANNED = [
  {
    // In quotes it is a name that a type leaves out.
    pattern: /(?<!['"])\$(query|execute)RawUnsafe/,
    where: (file) => SOURCE.test(file),
    problem: 'unsafe raw SQL: use the tagged template, or pg with parameters',
  },
  {
    pattern: /@ts-(ignore|nocheck)/,
    where: (file) => SOURCE.test(file),
    problem: 'a type error is switched off: mend it, or say @ts-expect-error with the reason',
  },
  {
    pattern: /\b(it|test|describe)\.(only|skip|todo|fixme)\(/,
    where: (file) => TEST.test(file),
    problem: 'a test that does not run',
  },
  {
    pattern: /\b(FIXME|XXX|HACK)\b/,
    where: (file) => SOURCE.test(file),
    problem: 'a left-over mark: use @TODO(issue) or do it',
  },
  {
    pattern: /(^|[\s"'`(=:])\/(work|farm|root|home\/\w+|Users\/\w+|tmp\/(brief|studio))\//,
    where: () => true,
    problem: 'a path of one machine',
  },
  {
    pattern: /"resolved": "https?:/,
    where: (file) => file === 'package-lock.json',
    problem: 'the lock names a download host: remove "resolved" so that any registry serves it',
  },
  {
    // The bundler puts a constant where NODE_ENV stands.
    pattern: /\bprocess\.env\b(?!\.NODE_ENV\b)/,
    where: (file) =>
      SOURCE.test(file) && /^(apps|packages)\//.test(file) && !readsEnvironment(file),
    problem: 'process.env outside env.ts: read it there and pass it down typed',
  },
  {
    pattern:
      /\b(Date\.now\(|new Date\(\)|Math\.random\(|performance\.now\(|set(Timeout|Interval)\(|crypto\.|process\.)/,
    where: (file) => PURE.test(file) && SOURCE.test(file) && !TEST.test(file),
    problem: 'a pure room looks at a clock, chance or the process: take it as an argument',
  },
];

/** Lines that match a banned pattern where it counts. */
export function contentProblems(files) {
  return [...files].flatMap(([file, text]) => {
    const rules = BANNED.filter(({ where }) => !RULES.test(file) && where(file));
    if (rules.length === 0) return [];
    return text
      .split('\n')
      .flatMap((line, index) =>
        rules
          .filter(({ pattern }) => pattern.test(line) && !isComment(line))
          .map(({ problem }) => ({ file, line: index + 1, problem })),
      );
  });
}

function readsEnvironment(file) {
  return (
    /(^|\/)env\.ts$/.test(file) ||
    /\.config\.(ts|mjs)$/.test(file) ||
    TEST.test(file) ||
    file.startsWith('packages/testkit/') ||
    // The migration command is its own process, and its environment is one url and one secret.
    file === 'packages/db/src/migrate/main.ts'
  );
}

/** A comment may speak of what is banned, except where the comment itself is the switch. */
function isComment(line) {
  return /^\s*(\*|\/\/|\/\*)/.test(line) && !/@ts-|FIXME|XXX|HACK/.test(line);
}
