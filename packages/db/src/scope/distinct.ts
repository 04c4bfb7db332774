/**
 * What many rows of one statement have in common is sent once: the first item of each kind, and for every item which of
 * them it is like, counted from 1 as arrays are in SQL.
 */
export function distinctBy<Item>(
  items: readonly Item[],
  keyOf: (item: Item) => string,
): { kinds: Item[]; nths: number[] } {
  const known = new Map<string, number>();
  const kinds: Item[] = [];
  const nths = items.map((item) => {
    const key = keyOf(item);
    const nth = known.get(key) ?? kinds.push(item);
    known.set(key, nth);
    return nth;
  });
  return { kinds, nths };
}
