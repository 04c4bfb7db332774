/** A forecast as screens show it: the whole, and its destinations. */
import {
  type Forecast,
  type ForecastBasis,
  type ForecastInput,
  forecast,
  forecastAll,
  spillOf,
} from '@hikyaku/campaigns';

/** Times in epoch ms; null where there is no end. `spill`: people who get it in a later opening of the windows. */
export interface ForecastPart {
  /** A domain, or null for all small destinations together. */
  name: string | null;
  due: number;
  perSecond: number;
  basis: ForecastBasis;
  finishMs: number | null;
  earliestMs: number | null;
  latestMs: number | null;
  spill: number;
  expires: number;
}

export interface ForecastView
  extends Pick<ForecastPart, 'finishMs' | 'earliestMs' | 'latestMs' | 'spill' | 'expires'> {
  /** The latest first. */
  parts: ForecastPart[];
  /** Parts of which nothing is known but an assumption. */
  assumed: number;
}

/** Null where nobody is due. */
export function forecastView(
  parts: readonly (ForecastInput & { name: string | null })[],
): ForecastView | null {
  const due = parts.filter(({ untried, deferred }) => untried + deferred > 0);
  if (due.length === 0) return null;
  const found = due.map((part) => ({ part, is: forecast(part) }));
  const shown = found.map(({ part, is }) => ({
    name: part.name,
    due: part.untried + part.deferred,
    perSecond: part.perSecond,
    basis: part.basis,
    ...timesOf(is),
  }));
  const last = ({ finishMs }: ForecastPart) => finishMs ?? Number.POSITIVE_INFINITY;
  shown.sort((a, b) => last(b) - last(a) || b.due - a.due);
  return {
    ...timesOf(forecastAll(found.map(({ is }) => is))),
    parts: shown,
    assumed: due.filter(({ basis }) => basis === 'assumed').length,
  };
}

function timesOf(is: Forecast) {
  const { finishMs, earliestMs, latestMs, expires } = is;
  return { finishMs, earliestMs, latestMs, spill: Math.round(spillOf(is)), expires };
}
