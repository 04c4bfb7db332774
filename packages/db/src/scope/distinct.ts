/**
 * What many rows of one statement have in common is sent once: the first item of each kind, and for every item which of
 * them it is like, counted from 1 as arrays are in SQL. Looked for among the kinds so far, of which there are few: one after
 * the other costs less than a key for each item.
 */
export function distinct<Item>(
  items: readonly Item[],
  isAlike: (one: Item, other: Item) => boolean,
): { kinds: Item[]; nths: number[] } {
  const kinds: Item[] = [];
  const nths = items.map((item) => {
    const at = kinds.findIndex((kind) => isAlike(kind, item));
    return at < 0 ? kinds.push(item) : at + 1;
  });
  return { kinds, nths };
}
