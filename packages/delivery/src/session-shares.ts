/**
 * Divides the cap on sessions to a site among the lanes that want some: max-min fair, the same answer for the same claims
 * whoever asks. Invariant: no grant grows before others have shrunk, so that what is granted never adds up to more than the cap.
 */

/**
 * New grants of the lanes in `mine`, by lane. `shares`: of all lanes with a valid lease at the site, those of `mine` with what
 * binds them now. `turn`: rises now and then; only where the cap is too small for all does it decide who goes first.
 */
export function grantSessions(
  shares: readonly SessionShare[],
  mine: ReadonlySet<string>,
  caps: SessionCaps,
  turn: number,
): Map<string, number> {
  const targets = divideSessions(shares, caps, turn);
  const granted = new Map(shares.map((share) => [share.laneId, share.granted]));
  for (const { laneId, source } of inOrder(shares)) {
    if (!mine.has(laneId)) continue;
    const own = granted.get(laneId) ?? 0;
    const used = usedBy(shares, granted);
    const room = Math.min(
      (caps.all ?? Infinity) - used.all,
      (caps.source ?? Infinity) - (used.bySource.get(source) ?? 0),
    );
    // What is more than its part it gives up by itself, once its sessions have ended.
    const more = Math.min((targets.get(laneId) ?? 0) - own, room);
    if (more > 0) granted.set(laneId, own + more);
  }
  return new Map([...granted].filter(([laneId]) => mine.has(laneId)));
}

/** What each lane should have in the end. */
export function divideSessions(
  shares: readonly SessionShare[],
  caps: SessionCaps,
  turn: number,
): Map<string, number> {
  const targets = new Map(shares.map((share) => [share.laneId, 0]));
  const wanting = rotated(inOrder(shares.filter(({ want }) => want > 0)), caps, turn);
  for (let open = wanting; open.length > 0; ) {
    open = open.filter((share) => {
      const used = usedBy(shares, targets);
      const own = targets.get(share.laneId) ?? 0;
      const isFull =
        used.all >= (caps.all ?? Infinity) ||
        (used.bySource.get(share.source) ?? 0) >= (caps.source ?? Infinity);
      if (isFull || own >= share.want) return false;
      targets.set(share.laneId, own + 1);
      return true;
    });
  }
  return targets;
}

function usedBy(shares: readonly SessionShare[], counts: ReadonlyMap<string, number>) {
  let all = 0;
  const bySource = new Map<string, number>();
  for (const { laneId, source } of shares) {
    const count = counts.get(laneId) ?? 0;
    all += count;
    bySource.set(source, (bySource.get(source) ?? 0) + count);
  }
  return { all, bySource };
}

function inOrder(shares: readonly SessionShare[]): SessionShare[] {
  return [...shares].sort((a, b) => (a.laneId < b.laneId ? -1 : 1));
}

/** Who comes last would get nothing for ever. Where there is enough for all, nothing moves: a moved session costs both sides. */
function rotated(shares: SessionShare[], caps: SessionCaps, turn: number): SessionShare[] {
  const each = new Map(shares.map(({ laneId }) => [laneId, 1]));
  const { all, bySource } = usedBy(shares, each);
  const hasEnough =
    all <= (caps.all ?? Infinity) && Math.max(0, ...bySource.values()) <= (caps.source ?? Infinity);
  if (hasEnough) return shares;
  const first = turn % shares.length;
  return [...shares.slice(first), ...shares.slice(0, first)];
}

/** `granted`: what binds the lane now, or what it holds if that is more. */
export type SessionShare = { laneId: string; source: string; want: number; granted: number };
/** Undefined: no such cap. `source`: of each source alone. */
export type SessionCaps = { all?: number; source?: number };
