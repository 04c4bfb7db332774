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
  readLaneStops,
  readWaiting,
  readWaitingById,
  reapLostDeliveries,
  releaseLane,
  setLaneDue,
} from '@hikyaku/db/worker';
import type { Event, PortCommand, Row } from '@hikyaku/delivery';
import type { Destination } from '../destinations/directory.ts';
import { logRowOf } from './attempt.ts';
import type { CampaignBook } from './campaign-book.ts';
import type { LoopDeps } from './lanes.ts';
import type { SiteBook } from './site-book.ts';
import { createVetoBook } from './veto-book.ts';

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
  /** Undefined once the lane is over. */
  sourceOf: (laneId: string) => string | undefined,
  /** The lane is given back, or lost, and nothing of it is left here. */
  onLaneOver: (laneId: string) => void,
  dispatch: (event: Event) => void,
): DatabaseSide {
  const { scope, hotScope, log, logger } = deps;
  const { campaigns, sites } = books;
  const vetoes = createVetoBook(deps, dispatch);
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

  /** With each row's group and, where it is known at once, its destination. */
  const find = async (laneId: string, rows: readonly DueDelivery[]) => {
    const answers = new Map<string, Destination>();
    for (const domain of new Set(rows.map((row) => row.domain))) {
      const answer = deps.directory.find(domain);
      // A slow name server holds up its own domain and no other.
      if (answer instanceof Promise) void answer.then((late) => onFoundLate(laneId, domain, late));
      else answers.set(domain, answer);
    }
    await sites.load(answers);
    const { source } = leaseOf(laneId);
    return rows.map((row) => {
      const { domain } = row;
      const answer = answers.get(domain);
      const destination = answer && sites.destinationOf(domain, answer, source);
      return { row: Object.assign(row, { group: sites.groupOf(domain) }), destination };
    });
  };

  const onFoundLate = async (laneId: string, domain: string, late: Destination) => {
    // What is stored of a site can wait; that its domain was found cannot.
    await sites.load(new Map([[domain, late]])).catch(() => {});
    const source = sourceOf(laneId);
    if (source === undefined) return;
    const isTransient = !late.ok && late.permanence === 'transient';
    if (isTransient) logUnresolved({ laneId, source, site: domain }, late);
    const destination = sites.destinationOf(domain, late, source);
    dispatch({ type: 'destination-found', laneId, domain, destination });
  };

  const logUnresolved = (
    at: { laneId: string; source: string; site: string },
    { code, text, category }: Extract<Destination, { ok: false }>,
  ) => {
    const event = { ...at, mxHost: '', mxAddress: '', phase: 'DNS', code, text, category };
    insertSiteEvent(scope, event).catch((error) =>
      logger.error({ err: error, event }, 'a site event could not be stored'),
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
      const read = Promise.all([
        readLaneCampaigns(scope, laneId),
        readLaneStops(scope, laneId),
        vetoes.look(leaseOf(laneId).source),
      ]);
      attempt(
        command,
        read.then(([rows, { stoppedSites: stopped }]): Event => {
          const found = rows.map((campaign) => campaigns.read(campaign));
          return { type: 'campaigns-read', laneId, campaigns: found, stopped };
        }),
      );
    },
    'read-rows': (command) => {
      const { laneId, tenantId, campaignId, afterId, limit } = command;
      const from = { tenantId, campaignId, laneId, afterId, limit };
      const read = readWaiting(hotScope, from).then(async (waiting): Promise<Event> => {
        const isEnd = waiting.length < limit;
        const rows = await find(laneId, waiting);
        return { type: 'rows-read', laneId, campaignId, rows, isEnd, isRetries: false };
      });
      attempt(command, read);
    },
    'read-retries': (command) => {
      const { laneId, campaignId, tenantId, ids } = command;
      const read = readWaitingById(hotScope, { tenantId, campaignId, laneId, ids });
      attempt(
        command,
        read.then(async (waiting): Promise<Event> => {
          const rows = await find(laneId, waiting);
          return { type: 'rows-read', laneId, campaignId, rows, isEnd: false, isRetries: true };
        }),
      );
    },
    fence: ({ transactionId, laneId, epoch, rows }) => {
      const asked = { laneId, epoch };
      const requests = rows.map(({ tenantId, campaignId, id }) => ({
        tenantId,
        campaignId,
        id,
        ...asked,
      }));
      log.fence(requests, (answers) => {
        const held = answers ? idsOf(rows, answers) : 'doubtful';
        dispatch({ type: 'fence-answered', transactionId, held });
      });
    },
    settle: (command) => {
      const { transactionId, outcomes, laneId } = command;
      const lane = leaseOf(laneId);
      const nowMs = deps.clock.nowMs();
      const rows = outcomes.map((one) =>
        logRowOf(command, one, lane, nowMs, log.fencedAtMs(one.row.id)),
      );
      log.settle(rows, () =>
        dispatch({ type: 'settled', transactionId, ids: rows.map(({ id }) => id) }),
      );
    },
    unfence: ({ laneId, epoch, rows }) => {
      const requests = rows.map(({ tenantId, id }) => ({
        tenantId,
        id,
        epoch,
        fencedAtMs: log.fencedAtMs(id),
      }));
      log.unfence(requests, () => dispatch({ type: 'unfenced', laneId, rows }));
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
    'decide-veto': (command) => vetoes.write(command),
    'save-learned': ({ site, source, learned }) => sites.saveLimits(site, source, learned),
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

/** Of those that were answered with yes. */
function idsOf(rows: readonly Row[], answers: readonly boolean[]): string[] {
  const ids: string[] = [];
  for (const [index, row] of rows.entries()) if (answers[index]) ids.push(row.id);
  return ids;
}
