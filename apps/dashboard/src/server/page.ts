/** What Next gives a page. Its own global types exist only after a build, and `tsc` runs before. */

export interface PageInput<Params extends string = never> {
  params: Promise<Record<Params, string>>;
  searchParams: Promise<SearchParams>;
}

export type SearchParams = Record<string, string | string[] | undefined>;

/** The first value of a search parameter, or ''; without NUL, which Postgres would fail on. */
export function one(value: string | string[] | undefined): string {
  return ((Array.isArray(value) ? value[0] : value) ?? '').replaceAll('\0', '');
}
