/** The receivers of a random run: sites whose manners are those of real ones, as far as they are known. Data. */
import type { SiteProfile } from '@hikyaku/delivery';
import type { Random } from '../random.ts';
import { KIND, type Manners } from './manners.ts';

/** A site and its share of the mail; what the sender knows of it beforehand is `profile`. */
export type SitePlan = {
  name: string;
  group: string;
  share: number;
  manners: Manners;
  profile: SiteProfile;
};

/** Busy sites first, then quiet ones. Every number that may vary is drawn. */
export function drawSites(random: Random): SitePlan[] {
  const site = (
    name: string,
    group: string,
    share: number,
    manners: Partial<Manners>,
    profile: SiteProfile = {},
  ): SitePlan => ({
    name,
    group,
    share,
    manners: {
      ...KIND,
      thinkMs: random.between(1, 8),
      unknownUserShare: random.pick([0, 0.01, 0.04]),
      ...manners,
    },
    profile,
  });
  const isKnown = random.chance(0.5);
  const docomo: Partial<Manners> = {
    recipientsMax: 100,
    overRecipients: '554-cut',
    filterShare: 0.02,
    thinkMs: 10,
  };
  const au: Partial<Manners> = {
    sessionsMax: random.between(2, 5),
    overSessions: 'reset',
    deferShare: random.pick([0.1, 0.5, 0.9]),
    deferTries: random.between(1, 2),
    deferAt: random.pick(['rcpt', 'dot']),
  };
  const softbank: Partial<Manners> = {
    recipientsMax: 37,
    overRecipients: random.pick(['452', '552', 'cut']),
    fullShare: 0.02,
  };
  return [
    site('docomo.ne.jp', 'mobile', 5, docomo, { recipientsMax: 100, isProbeForbidden: true }),
    site('ezweb.ne.jp', 'mobile', 4, au, isKnown ? { sessionsMax: au.sessionsMax } : {}),
    site('softbank.ne.jp', 'mobile', 3, softbank),
    site(
      'gmail.com',
      'free',
      4,
      { thinkMs: 3, ratePerSecond: random.pick([Number.POSITIVE_INFINITY, 60]) },
      random.chance(0.4) ? { sessionsMaxAll: random.between(2, 8) } : {},
    ),
    site('yahoo.com', 'free', 3, { transactionsMax: 20, overTransactions: 'close' }),
    site('outlook.com', 'free', 2, {
      transactionsMax: random.between(8, 40),
      overTransactions: '421',
      announces: random.chance(0.5) ? { recipientsMax: 50 } : {},
    }),
    site('grey.example', 'other', 1, { greylistMs: 300_000 }),
    site('old.example', 'other', 1, { isPipelining: false, sessionsMax: 2, overSessions: '421' }),
    site('flaky.example', 'other', 1, {
      leaveShare: 0.02,
      replyLostShare: 0.01,
      garbageShare: 0.004,
      stallShare: 0.002,
    }),
    site('small.example', 'other', 1, { sessionsMax: 1 }, { sessionsMax: 1 }),
    site('kind.example', 'other', 1, {}, random.chance(0.5) ? { sessionsMaxAll: 4 } : {}),
  ];
}
