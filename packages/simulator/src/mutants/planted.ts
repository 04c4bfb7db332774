/** The planted bugs. Each is one that was made somewhere, or that somebody will be tempted to make. */
import type { RowOutcome } from '@hikyaku/delivery';
import { mayBeSent, RULES } from '../database/rules.ts';
import type { Mutant } from './mutant.ts';

const FENCE_MUTANTS: readonly Mutant[] = [
  {
    name: 'fence-skipped-on-reconnect',
    bug: 'the first message of a session that replaces another goes without its fence',
    faults: ['F22 421 at random'],
    plant: () => ({
      work(work, connection) {
        if (connection.id < 20) return work;
        let isFirst = true;
        return {
          ...work,
          fence(transaction, accepted) {
            if (!isFirst) return work.fence(transaction, accepted);
            isFirst = false;
            return accepted;
          },
        };
      },
    }),
  },
  {
    name: 'fence-answer-ignored',
    bug: 'a message is completed though its fence said no',
    faults: ['F31 unsubscribes', 'F31 pause and resume'],
    plant: () => ({
      work: (work) => ({
        ...work,
        fence: async (transaction, accepted) => {
          await work.fence(transaction, accepted);
          return accepted;
        },
      }),
    }),
  },
  {
    name: 'epoch-unchecked',
    bug: 'a worker whose lane was taken over can still fence',
    faults: ['F16 a worker is cut from the database', 'F17 SIGSTOP behind the fence'],
    plant: () => ({
      rules: { mayFence: (tables, row, _, nowMs) => mayBeSent(tables, row, nowMs) },
      // Nothing else may save it.
      dispatch(event, pass) {
        if (event.type === 'lease-lost') return;
        if (event.type === 'lane-acquired' || event.type === 'lease-renewed')
          pass({ ...event, validUntilMonoMs: Number.POSITIVE_INFINITY });
        else pass(event);
      },
    }),
  },
  {
    name: 'pause-ignored-for-queued-rows',
    bug: 'the fence does not ask whether the campaign runs',
    faults: ['F31 pause and resume'],
    plant: () => ({
      rules: {
        mayFence(tables, row, request, nowMs) {
          const campaign = tables.campaigns.get(row.campaignId);
          if (campaign?.state !== 'paused') return RULES.mayFence(tables, row, request, nowMs);
          campaign.state = 'running';
          const may = RULES.mayFence(tables, row, request, nowMs);
          campaign.state = 'paused';
          return may;
        },
      },
    }),
  },
  {
    name: 'suspension-ignored',
    bug: 'the fence does not ask whether the tenant is active',
    faults: ['F31 suspend and activate'],
    plant: () => ({
      rules: {
        mayFence(tables, row, request, nowMs) {
          const tenant = tables.tenants.get(row.tenantId);
          if (tenant === undefined || tenant.isActive)
            return RULES.mayFence(tables, row, request, nowMs);
          tenant.isActive = true;
          const may = RULES.mayFence(tables, row, request, nowMs);
          tenant.isActive = false;
          return may;
        },
      },
    }),
  },
  {
    name: 'stop-ignored',
    bug: 'the fence does not ask for the stop switches of staff',
    faults: ['staff stop and let go on', 'staff stop and let go on'],
    plant: () => ({
      rules: {
        mayFence(tables, row, request, nowMs) {
          const stops = [...tables.stops];
          tables.stops.clear();
          const may = RULES.mayFence(tables, row, request, nowMs);
          for (const stop of stops) tables.stops.add(stop);
          return may;
        },
      },
    }),
  },
  {
    name: 'unfence-of-a-completed-row',
    bug: 'a connection lost behind the dot gives its row back',
    faults: ['F21 reset behind the dot', 'replies lost behind the dot'],
    plant: () => ({
      verdicts: (recipients) =>
        recipients.map((one) => (one.category === 'unknown' ? { ...one, kind: 'returned' } : one)),
    }),
  },
];

const LEASE_MUTANTS: readonly Mutant[] = [
  {
    name: 'lease-on-the-wall-clock',
    bug: 'the validity of a lease is judged by the wall clock',
    faults: ['F17 a machine sleeps', 'F17 a machine sleeps'],
    plant: () => ({ now: (now, clock) => ({ ...now, monoMs: clock.wallMs }) }),
  },
  {
    name: 'lease-not-looked-at',
    bug: 'the last look does not look at the lease',
    faults: ['F17 SIGSTOP behind the fence', 'F17 a machine sleeps'],
    plant: () => ({
      dispatch(event, pass) {
        if (event.type === 'lane-acquired' || event.type === 'lease-renewed')
          pass({ ...event, validUntilMonoMs: Number.POSITIVE_INFINITY });
        else pass(event);
      },
    }),
  },
  {
    name: 'lease-of-another-not-waited-for',
    bug: 'a lane is taken before the lease of its owner has run out',
    faults: ['F14 jobs lost, late and doubled'],
    plant: () => ({ isLeaseIgnored: true }),
  },
  {
    name: 'reap-forgotten',
    bug: 'a new owner does not look for what the old one had fenced',
    faults: ['F3 kill -9 behind the fence', 'F4 kill -9 behind the dot'],
    plant: () => ({ rules: { reap: () => 0 } }),
  },
];

const LOG_MUTANTS: readonly Mutant[] = [
  {
    name: 'settle-repeated-without-guard',
    bug: 'a settle that is repeated after a doubtful commit counts twice',
    faults: ['F11 statements fail', 'F11 statements fail'],
    plant: () => ({
      rules: {
        settle(tables, { outcomes, epoch }, nowMs) {
          for (const { row, disposition, state, nextAttemptMs, isUnfenced } of outcomes) {
            const found = tables.deliveries.get(row.id);
            if (found === undefined) continue;
            found.attempts += 1;
            if (nextAttemptMs !== null) found.nextAttemptMs = nextAttemptMs;
            found.events.push({ attempt: found.attempts, disposition, atMs: nowMs, epoch });
            tables.move(found, state, isUnfenced ? 'settle-unfenced' : 'settle');
          }
        },
      },
    }),
  },
  {
    name: 'log-not-waited-for',
    bug: 'a session goes on before its outcomes are in the log',
    faults: ['F10 a lock on the table', 'F11 statements fail'],
    plant: () => ({
      work: (work) => ({
        ...work,
        settle(transaction, result) {
          void work.settle(transaction, result);
        },
      }),
    }),
  },
  {
    name: 'unknown-resent',
    bug: 'a reply lost behind the dot is taken for a deferral',
    faults: ['F21 reset behind the dot', 'replies lost behind the dot'],
    plant: () => ({
      verdicts: (recipients) =>
        recipients.map((one) =>
          one.category === 'unknown'
            ? { ...one, category: 'network', phase: 'data', permanence: 'transient' }
            : one,
        ),
    }),
  },
  {
    name: 'refused-recipient-settled-as-accepted',
    bug: 'a recipient refused at RCPT gets the outcome of its transaction',
    faults: [],
    plant: () => ({
      perform(_worker, command, pass) {
        if (command.type !== 'settle') return pass(command);
        const asAccepted = (outcome: RowOutcome): RowOutcome =>
          outcome.category === 'unknown-user'
            ? { ...outcome, state: 'accepted', disposition: 'accepted' }
            : outcome;
        pass({ ...command, outcomes: command.outcomes.map(asAccepted) });
      },
    }),
  },
  {
    name: 'cursor-moved-when-read',
    bug: 'where reading stopped is kept, not what was settled: rows read before a crash are passed over',
    faults: ['F1 kill -9 in the envelope', 'F3 kill -9 behind the fence'],
    plant() {
      const cursors = new Map<string, string>();
      return {
        dispatch(event, pass) {
          const last =
            event.type === 'rows-read' && !event.isRetries ? event.rows.at(-1) : undefined;
          if (event.type === 'rows-read' && last !== undefined)
            cursors.set(`${event.laneId} ${event.campaignId}`, last.row.id);
          pass(event);
        },
        perform(_worker, command, pass) {
          const kept =
            command.type === 'read-rows'
              ? cursors.get(`${command.laneId} ${command.campaignId}`)
              : undefined;
          if (command.type === 'read-rows' && kept !== undefined && command.afterId === '0')
            pass({ ...command, afterId: kept });
          else pass(command);
        },
      };
    },
  },
];

const TIME_MUTANTS: readonly Mutant[] = [
  {
    name: 'window-margins-dropped',
    bug: 'mail is begun until the second in which its window closes',
    faults: [],
    needsClosing: true,
    plant: () => ({ settings: () => ({ margins: { mailMs: 0, fenceMs: 0, openMs: 0 } }) }),
  },
  {
    name: 'time-of-day-of-the-machine',
    bug: 'windows, retries and expiries follow the wall clock of the machine',
    faults: ['F18 the wall clock jumps', 'F18 the wall clock jumps'],
    plant: () => ({ now: (now, clock) => ({ ...now, wallMs: clock.wallMs }) }),
  },
  {
    name: 'retry-before-its-time',
    bug: 'rows that were deferred are read like those that are due',
    faults: [],
    plant: () => ({
      dispatch(event, pass) {
        if (event.type !== 'rows-read') return pass(event);
        const rows = event.rows.map(({ row, destination }) => ({
          row: { ...row, nextAttemptMs: 0 },
          destination,
        }));
        pass({ ...event, rows });
      },
    }),
  },
  {
    name: 'tenant-without-a-turn',
    bug: 'a tenant has next to no weight, whatever it has to send',
    faults: [],
    needsCalm: true,
    plant: () => ({
      dispatch(event, pass) {
        if (event.type !== 'campaigns-read') return pass(event);
        const campaigns = event.campaigns.map((campaign) =>
          campaign.tenantId === 't2' ? { ...campaign, weight: 1e-9 } : campaign,
        );
        pass({ ...event, campaigns });
      },
    }),
  },
  {
    name: 'shared-cap-taken-for-ones-own',
    bug: 'each lane takes the cap of the whole installation for its own',
    faults: [],
    plant: () => ({ settings: () => ({ areCapsGranted: false }) }),
  },
  {
    name: 'cap-exceeded-by-one',
    bug: 'one session more than allowed',
    faults: [],
    plant: () => ({
      settings: ({ sessionsPerSite }) => ({ sessionsPerSite: sessionsPerSite + 1 }),
    }),
  },
];

export const MUTANTS: readonly Mutant[] = [
  ...FENCE_MUTANTS,
  ...LEASE_MUTANTS,
  ...LOG_MUTANTS,
  ...TIME_MUTANTS,
];
