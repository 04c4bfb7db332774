/**
 * Destination groups: domains that are treated alike (mobile carriers, free mail); groups are data that staff edit.
 * A domain belongs to the group of its most exact pattern; what none names belongs to `other`.
 */

/** The group of a domain. `groups` is indexed once: keep the array as long as it is the same. */
export function groupOf(domain: string, groups: readonly DestinationGroup[]): string {
  let index = indexes.get(groups);
  if (index === undefined) {
    index = indexOf(groups);
    indexes.set(groups, index);
  }
  const name = domain.toLowerCase();
  const exact = index.get(name);
  if (exact !== undefined) return exact;
  // From the longest suffix to the shortest: `*.d.vodafone.ne.jp` before `*.ne.jp`.
  for (let dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', dot + 1)) {
    const key = index.get(`*${name.slice(dot)}`);
    if (key !== undefined) return key;
  }
  return OTHER_GROUP;
}

/** The keys that can bind: those of the groups, and `other` at the end whether it is listed or not. */
export function groupKeysOf(groups: readonly DestinationGroup[]): string[] {
  const named = groups.map(({ key }) => key).filter((key) => key !== OTHER_GROUP);
  return [...named, OTHER_GROUP];
}

/**
 * Checks patterns as staff enter them. Codes: `pattern-bad` (neither a domain nor `*.domain`), `pattern-twice` (also in
 * another group), `group-other-patterns` (`other` is what is left, and has none).
 */
export function checkPatterns(
  group: DestinationGroup,
  others: readonly DestinationGroup[],
): PatternsCheck {
  const [first] = group.patterns;
  if (group.key === OTHER_GROUP && first !== undefined)
    return { ok: false, code: 'group-other-patterns', pattern: first };
  const bad = group.patterns.find((pattern) => !PATTERN.test(pattern));
  if (bad !== undefined) return { ok: false, code: 'pattern-bad', pattern: bad };
  for (const other of others) {
    if (other.key === group.key) continue;
    const twice = group.patterns.find((pattern) => other.patterns.includes(pattern));
    if (twice !== undefined) return { ok: false, code: 'pattern-twice', pattern: twice };
  }
  return { ok: true };
}

/** The group of every domain that no pattern names. */
export const OTHER_GROUP = 'other';

const LABEL = '[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?';
const PATTERN = new RegExp(`^(?=.{1,253}$)(\\*\\.)?${LABEL}(\\.${LABEL})+$`);
const indexes = new WeakMap<readonly DestinationGroup[], Map<string, string>>();

function indexOf(groups: readonly DestinationGroup[]): Map<string, string> {
  const index = new Map<string, string>();
  for (const { key, patterns } of groups) {
    for (const pattern of patterns) if (!index.has(pattern)) index.set(pattern, key);
  }
  return index;
}

/** `patterns`: `docomo.ne.jp`, or `*.vodafone.ne.jp` for everything below it, in lower case. */
export type DestinationGroup = { key: string; patterns: readonly string[] };
export type PatternsCheck =
  | { ok: true }
  | { ok: false; code: 'pattern-bad' | 'pattern-twice' | 'group-other-patterns'; pattern: string };
