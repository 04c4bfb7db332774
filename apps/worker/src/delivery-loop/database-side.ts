/**
 * Performs the core's commands that concern Postgres, and answers each with its event. Reads and small writes that fail are
 * said to have failed; outcomes and un-fencings are held by the delivery log until the database has them.
 */
import {
  cleanDeadAddresses,
  type DueDelivery,
  endIfSuppressed,
  endWaiting,
  insertSiteEvent,
  type LaneLease,
  readLaneCampaigns,
  readWaiting,
  readWaitingById,
  reapLostDeliveries,
  releaseLane,
  setLaneDue,
} from '@hikyaku/db/worker';
import type { Event, PortCommand } from '@hikyaku/delivery';
import type { Destination } from '../destinations/directory.ts';
import { logRowOf } from './attempt.ts';
import type { CampaignBook } from './campaign-book.ts';
import type { LoopDeps } from './lanes.ts';
import type { SiteBook } from './site-book.ts';

type Of<T extends PortCommand['type']> = Extract<PortCommand, { type: T }>;
type SessionCommand = Of<'open-session' | 'drain-session' | 'destroy-session'>;
export type DatabaseCommand = Exclude<PortCommand, SessionCommand>;

export interface DatabaseSide {
  perform(command: DatabaseCommand): void;
}

export function createDatabaseSide(
  deps: LoopDeps,
  books: { campaigns: CampaignBook; sites: SiteBook },
  leaseOf: (laneId: string) => LaneLease,
  /** The lane is given back, or lost, and nothing of it is left here. */
  onLaneOver: (laneId: string) => void,
  dispatch: (event: Event) => void,
): DatabaseSide {
  const { scope, hotScope, log, logger } = deps;
  /** What was said of each lane, in order: a lane is given back behind the last of it. */
  const said = new Map<string, Promise<void>>();

  const attempt = (command: DatabaseCommand, work: Promise<Event>): void => {
    work.then(dispatch, (error: unknown) => {
      logger.warn({ err: error, command: command.type }, 'a statement failed; it is tried again');
      dispatch({ type: 'failed', command });
    });
  };

  const say = (laneId: string, what: () => Promise<void>): void => {
    const before = said.get(laneId) ?? Promise.resolve();
    // Not lost: it stays due as it was, and is looked at again with the campaign's next turn in this lane.
    const after = before.then(what).catch((error: unknown) => {
      logger.warn({ err: error, lane: laneId }, 'what a lane has left to do could not be noted');
    });
    said.set(laneId, after);
  };

  const found = (laneId: string, rows: readonly DueDelivery[]) =>
    rows.map((row) => {
      const answer = deps.directory.find(row.domain);
      if (!(answer instanceof Promise))
        return { row, destination: books.sites.destinationOf(row.domain, answer) };
      // A slow name server holds up its own domain and no other.
      void answer.then((late) => onFoundLate(laneId, row.domain, late));
      return { row, destination: undefined };
    });

  const onFoundLate = (laneId: string, domain: string, late: Destination) => {
    if (!late.ok && late.permanence === 'transient') logUnresolved(laneId, domain, late);
    const destination = books.sites.destinationOf(domain, late);
    dispatch({ type: 'destination-found', laneId, domain, destination });
  };

  const logUnresolved = (
    laneId: string,
    domain: string,
    { code, text, category }: Extract<Destination, { ok: false }>,
  ) => {
    const { source } = leaseOf(laneId);
    const at = { laneId, site: domain, source, mxHost: '', mxAddress: '', phase: 'DNS' };
    insertSiteEvent(scope, { ...at, code, text, category }).catch((error) =>
      logger.error({ err: error, domain }, 'a site event could not be stored'),
    );
  };

  const perform: { [T in DatabaseCommand['type']]: (command: Of<T>) => void } = {
    reap: (command) => {
      const { laneId } = command;
      const reaped = reapLostDeliveries(scope, leaseOf(laneId)).then((count): Event => {
        if (count > 0)
          logger.warn({ lane: laneId, count }, 'fenced rows of a lost owner are unknown');
        return { type: 'reaped', laneId };
      });
      attempt(command, reaped);
    },
    'read-campaigns': (command) => {
      const { laneId } = command;
      const read = readLaneCampaigns(scope, laneId).then((rows): Event => {
        const campaigns = rows.map((campaign) => books.campaigns.read(campaign));
        return { type: 'campaigns-read', laneId, campaigns };
      });
      attempt(command, read);
    },
    'read-rows': (command) => {
      const { laneId, campaignId, afterId, limit } = command;
      const from = { campaignId, laneId, afterId, limit };
      const read = readWaiting(hotScope, from).then((rows): Event => {
        const isEnd = rows.length < limit;
        const foundRows = found(laneId, rows);
        return { type: 'rows-read', laneId, campaignId, rows: foundRows, isEnd, isRetries: false };
      });
      attempt(command, read);
    },
    'read-retries': (command) => {
      const { laneId, campaignId, tenantId, ids } = command;
      const read = readWaitingById(hotScope, { tenantId, laneId, ids }).then((rows): Event => {
        const foundRows = found(laneId, rows);
        return {
          type: 'rows-read',
          laneId,
          campaignId,
          rows: foundRows,
          isEnd: false,
          isRetries: true,
        };
      });
      attempt(command, read);
    },
    fence: ({ transactionId, laneId, epoch, rows }) => {
      const asked = rows.map((row) => {
        const { tenantId, campaignId, id } = row;
        return log.fence({ tenantId, campaignId, id, laneId, epoch });
      });
      Promise.all(asked).then(
        (answers) => {
          const held = rows.filter((_row, index) => answers[index]).map((row) => row.id);
          dispatch({ type: 'fence-answered', transactionId, held });
        },
        () => dispatch({ type: 'fence-answered', transactionId, held: 'doubtful' }),
      );
    },
    settle: (command) => {
      const { transactionId, outcomes, laneId } = command;
      const lane = leaseOf(laneId);
      const nowMs = Date.now();
      const settled = outcomes.map((one) => log.settle(logRowOf(command, one, lane, nowMs)));
      const ids = outcomes.map(({ row }) => row.id);
      void Promise.all(settled).then(() => dispatch({ type: 'settled', transactionId, ids }));
    },
    unfence: ({ laneId, epoch, rows }) => {
      const done = rows.map(({ tenantId, id }) => log.unfence({ tenantId, id, epoch }));
      void Promise.all(done).then(() => dispatch({ type: 'unfenced', laneId, rows }));
    },
    'end-waiting': (command) => {
      const { laneId, tenantId, campaignId, ids, state, category } = command;
      const ended = endWaiting(scope, { tenantId, ids, state, category });
      attempt(
        command,
        ended.then((): Event => ({ type: 'ended', laneId, campaignId, ids })),
      );
    },
    'explain-refusal': (command) => {
      const { laneId, row } = command;
      const explained = endIfSuppressed(scope, row);
      attempt(
        command,
        explained.then((isEnded): Event => ({ type: 'refusal-explained', laneId, row, isEnded })),
      );
    },
    'say-due': ({ laneId, tenantId, campaignId, rescanEpoch, next }) =>
      say(laneId, async () => {
        await cleanDeadAddresses(scope, laneId, campaignId).catch((error: unknown) =>
          logger.warn(
            { err: error, campaign: campaignId },
            'dead addresses could not be cleaned now',
          ),
        );
        await setLaneDue(scope, { tenantId, campaignId, laneId, rescanEpoch, next });
      }),
    'release-lane': ({ laneId }) => {
      say(laneId, () => releaseLane(scope, leaseOf(laneId)));
      void said.get(laneId)?.then(() => {
        said.delete(laneId);
        onLaneOver(laneId);
      });
    },
    'drop-lane': ({ laneId }) => {
      said.delete(laneId);
      onLaneOver(laneId);
    },
  };

  return {
    perform: (command) => (perform[command.type] as (command: DatabaseCommand) => void)(command),
  };
}
