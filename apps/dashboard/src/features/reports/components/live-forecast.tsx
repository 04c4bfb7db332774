'use client';
/** The forecast of a campaign under way, read again every quarter of a minute. */
import { useEffect, useState } from 'react';
import type { ForecastView } from '#server/forecast-parts.ts';
import { ForecastCard } from '#shell/forecast-card.tsx';

const EVERY_MS = 15_000;

/** Shows nothing until the first answer, and where nobody waits. */
export function LiveForecast({ campaignId, zone }: { campaignId: string; zone: string }) {
  const [forecast, setForecast] = useState<ForecastView | null>(null);
  useEffect(() => {
    let isGone = false;
    let timer: ReturnType<typeof setTimeout>;
    const read = async () => {
      const response = document.hidden
        ? null
        : await fetch(`/api/campaigns/${campaignId}/forecast`, { cache: 'no-store' }).catch(
            () => null,
          );
      if (isGone) return;
      if (response?.ok) setForecast(await response.json());
      timer = setTimeout(read, EVERY_MS);
    };
    void read();
    return () => {
      isGone = true;
      clearTimeout(timer);
    };
  }, [campaignId]);
  return forecast && <ForecastCard forecast={forecast} zone={zone} of="running" />;
}
