'use client';
/** The overview, read again every two seconds while something can change; the page is refreshed when the state does. */
import { useRouter } from 'next/navigation';
import { useEffect, useState } from 'react';
import type { Overview } from '../queries/overview.ts';

const EVERY_MS = 2_000;

export function useOverview(first: Overview): { now: Overview; isLive: boolean; isStale: boolean } {
  const [now, setNow] = useState(first);
  const [isStale, setStale] = useState(false);
  const router = useRouter();
  // What the server has rendered since (after an action) is newer than what was polled before.
  const shown = first.atMs > now.atMs ? first : now;
  const isLive = !(shown.state === 'finished' || shown.state === 'cancelled') || isSettling(shown);
  const { id, state } = shown;

  useEffect(() => {
    if (!isLive) return;
    let isGone = false;
    let timer: ReturnType<typeof setTimeout>;
    const read = async () => {
      // A page in the background asks nobody.
      const response = document.hidden
        ? null
        : await fetch(`/api/campaigns/${id}/progress`, { cache: 'no-store' }).catch(() => 'failed');
      if (isGone) return;
      if (response instanceof Response && response.ok) {
        const next: Overview = await response.json();
        setStale(false);
        setNow(next);
        if (next.state !== state) router.refresh();
      } else if (response !== null) setStale(true);
      timer = setTimeout(read, EVERY_MS);
    };
    timer = setTimeout(read, EVERY_MS);
    return () => {
      isGone = true;
      clearTimeout(timer);
    };
  }, [id, state, isLive, router]);

  return { now: shown, isLive, isStale };
}

function isSettling({ totals }: Overview): boolean {
  return totals.sending > 0;
}
