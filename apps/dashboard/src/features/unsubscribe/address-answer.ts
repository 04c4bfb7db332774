/** Reads the query that an entered address was answered with. */
import { one, type SearchParams } from '#server/page.ts';
import type { AddressAnswer } from './components/address-card.tsx';

export function addressAnswer(query: SearchParams): AddressAnswer {
  if (one(query.asked) !== '') return { kind: 'asked' };
  if (one(query.invalid) !== '') return { kind: 'invalid' };
  if (one(query.failed) !== '') return { kind: 'failed' };
  const seconds = Number(one(query.wait));
  return seconds > 0 && seconds < 86_400 ? { kind: 'wait', seconds } : { kind: 'none' };
}
