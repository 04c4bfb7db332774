/** Types of process-guard.mjs. */

/** Ends `target` (a pid, or a negative one for its group) when this process dies; returns a function that takes it off the list. */
export function guardProcess(
  target: number,
  options?: { signal?: NodeJS.Signals; order?: number },
): () => void;

/** Removes a folder when this process has died; returns a function that forgets it. */
export function guardFolder(path: string): () => void;

export function guardPid(): number | undefined;
