/** What the command line was told. */
export type Options = {
  /** How many seeds, and the first of them. */
  seeds: number;
  seed: number;
  isJson: boolean;
  signal: AbortSignal;
};
