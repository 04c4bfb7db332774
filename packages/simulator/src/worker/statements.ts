/**
 * The core's commands to the database, as statements over a link that may fail, each answered with its event. Settle and
 * unfence are held and repeated until the database has them: sending waits for the log.
 */
import type { Event, PortCommand } from '@hikyaku/delivery';
import { readLaneCampaigns, releaseLane, setLaneDue } from '../database/lane-rules.ts';
import type { DatabaseLink } from '../database/link.ts';
import type { Rules } from '../database/rules.ts';
import type { Delivery, Tables } from '../database/tables.ts';
import type { Directory } from '../world/directory.ts';
import { GroupCommit } from './group-commit.ts';
import type { Process } from './process.ts';

type Of<T extends PortCommand['type']> = Extract<PortCommand, { type: T }>;
export type Statement = Exclude<
  PortCommand,
  { type: 'open-session' | 'drain-session' | 'destroy-session' | 'drop-lane' }
>;

export class Statements {
  readonly #facts: StatementFacts;
  readonly #fences: GroupCommit<Of<'fence'>>;
  readonly #settles: GroupCommit<Of<'settle'>>;
  readonly #unfences: GroupCommit<Of<'unfence'>>;

  constructor(facts: StatementFacts) {
    this.#facts = facts;
    const { link, tables, rules, nowMs, owner, dispatch } = facts;
    this.#fences = new GroupCommit((batch, done) => {
      const commit = () =>
        batch.map(({ laneId, epoch, rows }) =>
          rules.fence(tables, { laneId, owner, epoch, ids: rows.map(({ id }) => id) }, nowMs()),
        );
      const answered = (held: string[][]) => {
        done();
        for (const [i, { transactionId }] of batch.entries())
          dispatch({ type: 'fence-answered', transactionId, held: held[i] ?? [] });
      };
      link.run(commit, answered, () => {
        done();
        for (const command of batch) dispatch({ type: 'failed', command });
      });
    });
    this.#settles = new GroupCommit((batch, done) =>
      this.#untilDone(
        () => {
          for (const command of batch) rules.settle(tables, command, nowMs());
        },
        () => {
          done();
          for (const { transactionId, outcomes } of batch)
            dispatch({ type: 'settled', transactionId, ids: outcomes.map(({ row }) => row.id) });
        },
      ),
    );
    this.#unfences = new GroupCommit((batch, done) =>
      this.#untilDone(
        () => {
          for (const { rows, epoch } of batch)
            rules.unfence(
              tables,
              rows.map(({ id }) => id),
              epoch,
            );
        },
        () => {
          done();
          for (const { laneId, rows } of batch) dispatch({ type: 'unfenced', laneId, rows });
        },
      ),
    );
  }

  perform(command: Statement) {
    const { tables, rules, directory, nowMs, link } = this.#facts;
    switch (command.type) {
      case 'fence':
        return this.#fences.add(command);
      case 'settle':
        return this.#settles.add(command);
      case 'unfence':
        return this.#unfences.add(command);
      case 'reap':
        return this.#ask(
          command,
          () => rules.reap(tables, command, nowMs()),
          () => ({ type: 'reaped', laneId: command.laneId }),
        );
      case 'read-campaigns':
        return this.#readCampaigns(command);
      case 'read-rows':
        return this.#readRows(command);
      case 'read-retries':
        return this.#readRetries(command);
      case 'end-waiting':
        return this.#ask(
          command,
          () => rules.endWaiting(tables, command.ids, command.state),
          () => ({ ...command, type: 'ended' }),
        );
      case 'explain-refusal':
        return this.#ask(
          command,
          () => rules.endIfSuppressed(tables, command.row.id),
          (isEnded) => ({ ...command, type: 'refusal-explained', isEnded }),
        );
      case 'save-learned': {
        const { site, source, learned } = command;
        return link.run(() => directory.saveLearned(site, source, learned), nothing, nothing);
      }
      case 'decide-veto':
        // Who is cleaned is not simulated here: apps/worker/src/simulation does that.
        return;
      case 'say-due':
        return link.run(() => setLaneDue(tables, command), nothing, nothing);
      case 'release-lane':
        // Behind the say-due before it; if it fails, the lease runs out by itself.
        return this.#facts.released(command.laneId, (lease) =>
          link.run(() => releaseLane(tables, lease), nothing, nothing),
        );
    }
  }

  #readCampaigns(command: Of<'read-campaigns'>) {
    const { tables, directory, nowMs } = this.#facts;
    this.#ask(
      command,
      () => readLaneCampaigns(tables, command.laneId, nowMs()).map((found) => ({ ...found })),
      (found) => ({
        type: 'campaigns-read',
        laneId: command.laneId,
        campaigns: found.map((campaign) => directory.factsOf(campaign)),
        stopped: stoppedSites(tables),
      }),
      false,
    );
  }

  #readRows(command: Of<'read-rows'>) {
    const { tables } = this.#facts;
    const { campaignId, laneId, afterId, limit } = command;
    this.#ask(
      command,
      () => {
        const rows = tables.rowsOf(campaignId, laneId);
        const found: Delivery[] = [];
        for (let i = indexAfter(rows, Number(afterId)); i < rows.length; i++) {
          const row = rows[i] as Delivery;
          if (row.state !== 'waiting') continue;
          if (found.push(copyOf(row)) === limit) break;
        }
        return found;
      },
      (rows) => this.#found(command, rows, rows.length < limit),
      false,
    );
  }

  #readRetries(command: Of<'read-retries'>) {
    const { tables } = this.#facts;
    this.#ask(
      command,
      () =>
        command.ids.flatMap((id) => {
          const row = tables.deliveries.get(id);
          return row?.state === 'waiting' && row.laneId === command.laneId ? [copyOf(row)] : [];
        }),
      (rows) => this.#found(command, rows, false),
      false,
    );
  }

  #found(command: Of<'read-rows'> | Of<'read-retries'>, rows: Delivery[], isEnd: boolean): Event {
    const { directory, process, dispatch, tables } = this.#facts;
    const { laneId, campaignId } = command;
    const source = tables.lanes.get(laneId)?.source ?? '';
    const late = new Set<string>();
    const found = rows.map((row) => {
      const destination = directory.find(row.domain, source);
      if (destination === undefined) late.add(row.domain);
      return { row, destination };
    });
    for (const domain of late)
      process.after(40, () =>
        dispatch({
          type: 'destination-found',
          laneId,
          domain,
          destination: directory.lookUp(domain, source),
        }),
      );
    const isRetries = command.type === 'read-retries';
    return { type: 'rows-read', laneId, campaignId, rows: found, isEnd, isRetries };
  }

  #ask<R>(command: Statement, commit: () => R, event: (result: R) => Event, isWrite = true) {
    const { link, dispatch } = this.#facts;
    link.run(
      commit,
      (result) => dispatch(event(result)),
      () => dispatch({ type: 'failed', command }),
      isWrite,
    );
  }

  #untilDone(commit: () => void, answered: () => void) {
    this.#facts.link.run(commit, answered, () =>
      this.#facts.process.after(AGAIN_MS, () => this.#untilDone(commit, answered)),
    );
  }
}

function stoppedSites(tables: Tables): string[] {
  return [...tables.stops].flatMap((key) => (key.startsWith('site:') ? [key.slice(5)] : []));
}

/** Rows are in order of ordinal. */
function indexAfter(rows: readonly Delivery[], ordinal: number): number {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((rows[middle] as Delivery).ordinal > ordinal) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** What a reader gets is how the row was when it was read. */
function copyOf(row: Delivery): Delivery {
  return { ...row };
}

const nothing = () => {};
const AGAIN_MS = 200;

export type StatementFacts = {
  owner: string;
  process: Process;
  link: DatabaseLink;
  tables: Tables;
  rules: Rules;
  directory: Directory;
  nowMs(): number;
  dispatch(event: Event): void;
  /** The core is done with a lane: its lease is forgotten, and given back by the statement. */
  released(laneId: string, giveBack: (lease: { laneId: string; epoch: number }) => void): void;
};
