/** Names, lengths and headers of source files. */

const CODE = /\.(tsx?|mts|mjs|css)$/;
const TEST = /\.test\.\w+$|\.spec\.ts$|(^|\/)tests\//;
const VAGUE = /^(utils?|helpers?|common|managers?|services?|misc)$/;
const KEBAB = /^[a-z0-9]+(-[a-z0-9]+)*$/;
/** Names that a tool dictates: Next's folders, Prisma's, and what belongs to the top of a repository. */
const DICTATED =
  /^(\[.+\]|\(.+\)|@\w+|_[a-z-]+|__\w+__|\.[\w.-]+|[A-Z]+(\.md)?|Dockerfile[\w.-]*|\d{14}_\w+|migration_lock\.toml)$/;
const LENGTH_MAX = 500;
const HEADER_MAX = 6;
/** So short that the code says it faster. */
const SHORT = 30;
/** Next calls these by name and they hold one component; a header would repeat the folder's name. */
const ROUTE =
  /(^|\/)(page|layout|loading|error|not-found|forbidden|global-error|route|template|default|index)\.tsx?$/;

/** kebab-case, and no name that says nothing. */
export function nameProblems(files) {
  return [...files.keys()].flatMap((file) =>
    file.split('/').flatMap((part) => {
      if (DICTATED.test(part)) return [];
      const words = part.replace(/\.[\w.]+$/, '');
      const problems = [];
      if (!KEBAB.test(words)) problems.push(`"${part}" is not in kebab-case`);
      if (words.split('-').some((word) => VAGUE.test(word))) {
        problems.push(`"${part}" says nothing: name it after what it does`);
      }
      return problems.map((problem) => ({ file, problem }));
    }),
  );
}

/** Over 500 lines is a split. */
export function lengthProblems(files) {
  return code(files).flatMap(([file, text]) => {
    const lines = text.split('\n').length - 1;
    return lines > LENGTH_MAX
      ? [{ file, problem: `${lines} lines: split it (at most ${LENGTH_MAX})` }]
      : [];
  });
}

/** A module says what it is, in at most six lines: at its head, or in the docstring of its first export. */
export function headerProblems(files) {
  return code(files).flatMap(([file, text]) => {
    if (TEST.test(file) || ROUTE.test(file) || file.endsWith('.css')) return [];
    if (text.split('\n').length < SHORT) return [];
    const lead = text.slice(0, /^export (?!type|interface)/m.exec(text)?.index ?? text.length);
    const header = /^(\/\*\*?[\s\S]*?\*\/|(\/\/.*\n)+)/m.exec(lead)?.[0];
    if (!header) return [{ file, line: 1, problem: 'no comment that says what this module is' }];
    const lines = header.split('\n').filter((line) => /[^\s/*]/.test(line)).length;
    return lines > HEADER_MAX
      ? [{ file, line: 1, problem: `header of ${lines} lines (at most ${HEADER_MAX})` }]
      : [];
  });
}

function code(files) {
  return [...files].filter(([file]) => CODE.test(file));
}
