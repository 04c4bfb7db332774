/**
 * I1–I7 of one fault, from what stands in the database, in the receivers' journals and in /proc. Written apart from the
 * product's own reconciliation on purpose: it is the oracle.
 */
import type { ReceiverJournalRow } from '@hikyaku/testkit/receiver-process';
import type { Stage } from './stage.ts';

const DESCRIPTORS_MAX = 256;
/** I6: below this, gaps between two messages are the machine's, not the neighbour's. */
const GAP_FLOOR_MS = 150;

export interface Verdict {
  rows: number;
  unknown: number;
  unknownMax: number;
  lost: number;
  duplicates: number;
  unknownBeyondBound: number;
  logMismatches: number;
  /** Invariants that had something to look at. */
  checked: string[];
}

interface Row {
  id: string;
  campaign: string;
  email: string;
  state: string;
  attempts: number;
  events: number;
  /** Dispositions of the last attempt; more than one where a late outcome replaced unknown. */
  last: string[] | null;
  accepted: number;
  /** Events with a refusal at RCPT or at the dot. */
  refusals: number;
}

/** Adds to `stage.problems` what does not hold, in words; the four counters are the result's. */
export async function checkInvariants(stage: Stage): Promise<Verdict> {
  const rows = await readRows(stage);
  const journal = readJournals(stage);
  const copies = copiesOf(rows, journal, stage);
  const { sum, lost } = checkSums(stage, rows, copies);
  const duplicates = count(stage, 'I2 twice', rows, (row) => (copies.get(row.id) ?? 0) > 1);
  const { unknown, unknownMax } = await checkUnknown(stage, rows);
  const logMismatches = checkLog(stage, rows, copies, journal);
  const checked = ['I1', 'I2', 'I3', 'I4'].filter(() => rows.length > 0);
  if (stage.rateBefore > 0) checked.push('I5');
  if (checkNeighbour(stage, journal)) checked.push('I6');
  if (checkProcesses(stage)) checked.push('I7');
  return {
    rows: sum,
    unknown,
    unknownMax,
    lost,
    duplicates,
    unknownBeyondBound: Math.max(0, unknown - unknownMax),
    logMismatches,
    checked,
  };
}

/** I1: every recipient has one row, in one state that is an end; what is said to be accepted is there. */
function checkSums(stage: Stage, rows: readonly Row[], copies: Map<string, number>) {
  let lost = 0;
  for (const [campaign, wanted] of stage.campaigns) {
    const own = rows.filter((row) => row.campaign === campaign);
    if (own.length === wanted) continue;
    lost += Math.max(1, wanted - own.length);
    stage.problems.push(`I1: ${own.length} rows where ${wanted} people were`);
  }
  lost += count(stage, 'I1 not at an end', rows, ({ state }) =>
    ['waiting', 'sending'].includes(state),
  );
  lost += count(
    stage,
    'I1 accepted, but not in the journal',
    rows,
    ({ id, state }) => state === 'accepted' && !copies.has(id),
  );
  return { sum: rows.length, lost };
}

/** I3, and that what was fenced when its worker died is listed as unknown. */
async function checkUnknown(stage: Stage, rows: readonly Row[]) {
  const unknown = rows.filter(({ state }) => state === 'unknown').length;
  const sessions = (await stage.receiver.stats()).reduce((sum, d) => sum + d.sessionsPeak, 0);
  const unknownMax =
    stage.options.unknownMax ??
    2 * sessions * stage.strikes.length * stage.options.recipientsPerTransaction;
  if (unknown > unknownMax) stage.problems.push(`I3: ${unknown} unknown, at most ${unknownMax}`);
  count(
    stage,
    'fenced when the worker was killed, and not unknown',
    rows,
    ({ id, state }) => stage.fencedAtKill.has(id) && state !== 'unknown',
  );
  return { unknown, unknownMax };
}

/** I4, both ways. */
function checkLog(
  stage: Stage,
  rows: readonly Row[],
  copies: Map<string, number>,
  journal: readonly ReceiverJournalRow[],
): number {
  const refused = new Map<string, number>();
  for (const { event, recipient } of journal)
    if (event === 'refused' && recipient) refused.set(recipient, (refused.get(recipient) ?? 0) + 1);
  const hasJournal = (row: Row) => !stage.peers.has(row.email.slice(row.email.indexOf('@') + 1));
  return (
    count(stage, 'I4 attempts differ from the log', rows, (row) => row.attempts !== row.events) +
    count(stage, 'I4 state differs from the log', rows, (row) => !isLogged(row)) +
    count(stage, 'I4 accepted twice in the log', rows, (row) => row.accepted > 1) +
    count(
      stage,
      'I4 in the journal, but neither accepted nor unknown',
      rows,
      ({ id, state }) => copies.has(id) && state !== 'accepted' && state !== 'unknown',
    ) +
    count(
      stage,
      'I4 refused in the log, but not in the journal',
      rows,
      (row) => hasJournal(row) && row.refusals > (refused.get(row.email) ?? 0),
    ) +
    (copies.get('') ?? 0)
  );
}

function isLogged({ state, last, attempts }: Row): boolean {
  const logged = last ?? [];
  // Nobody was asked: it was cancelled, or its time was over before its site could be reached.
  if (attempts === 0) return state === 'cancelled' || state === 'expired';
  if (state === 'cancelled' || state === 'expired') return logged.includes('deferred');
  return logged.includes(state) && (state !== 'unknown' || logged.length === 1);
}

/** I6: the time that nineteen of twenty of the neighbour's messages wait for the next one. */
function checkNeighbour(stage: Stage, journal: readonly ReceiverJournalRow[]): boolean {
  const { struckAtMs, endedAtMs } = stage;
  if (struckAtMs === undefined || endedAtMs === undefined) return false;
  const times = journal
    .filter(({ event, destination }) => event === 'accepted' && destination === 'neighbour')
    .map(({ at }) => Date.parse(at));
  const before = p95(gaps(times.filter((at) => at < struckAtMs)));
  // Without what came when the brakes were off; with a margin for the recovery.
  const until = endedAtMs + (stage.recoveredMs ?? 0);
  const after = p95(gaps(times.filter((at) => at >= struckAtMs && at <= until)));
  if (before === undefined || after === undefined) return false;
  if (after > 2 * Math.max(before, GAP_FLOOR_MS))
    stage.problems.push(`I6: the neighbour's p95 went from ${before} to ${after} ms`);
  return true;
}

function gaps(times: readonly number[]): number[] {
  return times.slice(1).map((at, i) => at - (times[i] as number));
}

function p95(values: readonly number[]): number | undefined {
  if (values.length < 20) return undefined;
  return values.toSorted((a, b) => a - b)[Math.floor(values.length * 0.95)];
}

function checkProcesses(stage: Stage): boolean {
  const peak = stage.watch.peak;
  if (!peak || peak.descriptors === 0) return false;
  if (peak.descriptors > DESCRIPTORS_MAX)
    stage.problems.push(`I7: ${peak.descriptors} descriptors, at most ${DESCRIPTORS_MAX}`);
  if (peak.memoryBytes > stage.options.memoryMaxBytes)
    stage.problems.push(`I7: ${Math.round(peak.memoryBytes / 1_048_576)} MB of memory`);
  return true;
}

/** Accepted copies by delivery id; under '' those that no delivery claims, or that went to somebody else. */
function copiesOf(
  rows: readonly Row[],
  journal: readonly ReceiverJournalRow[],
  stage: Stage,
): Map<string, number> {
  const emails = new Map(rows.map(({ id, email }) => [id, email]));
  const ids = new Map(rows.map(({ id, campaign, email }) => [`${campaign} ${email}`, id]));
  const copies = new Map<string, number>();
  for (const { event, headerDeliveryId, messageId, recipient } of journal) {
    if (event !== 'accepted') continue;
    // A bulk message names its campaign; for whom it is stands in the envelope.
    const campaign = /^<bulk\.([0-9a-f-]+)@/.exec(messageId ?? '')?.[1];
    const id = headerDeliveryId ?? ids.get(`${campaign} ${recipient}`) ?? '';
    const key = emails.get(id) === recipient ? id : '';
    copies.set(key, (copies.get(key) ?? 0) + 1);
  }
  if (copies.has(''))
    stage.problems.push(`I4: ${copies.get('')} copies in the journal belong to no delivery`);
  return copies;
}

/** The receiver's journal, and what scripted peers took as rows of the same shape. */
function readJournals(stage: Stage): ReceiverJournalRow[] {
  const taken = [...stage.peers].flatMap(([destination, peer]) =>
    peer.messages.flatMap(({ recipients, content, connection }) =>
      recipients.map((recipient) => ({
        event: 'accepted' as const,
        at: '',
        destination,
        session: String(connection),
        transaction: 0,
        source: '',
        recipient,
        headerDeliveryId:
          /^X-Hikyaku-Delivery: (\S+)/m.exec(content.toString('latin1', 0, 4_096))?.[1] ?? null,
      })),
    ),
  );
  return [...stage.receiver.journal(), ...taken];
}

function readRows(stage: Stage): Promise<Row[]> {
  return stage.query<Row>(
    `select d.id, d.campaign_id as campaign, d.email, d.state, d.attempts, coalesce(e.events, 0)::int as events,
            e.last, coalesce(e.accepted, 0)::int as accepted, coalesce(e.refusals, 0)::int as refusals
       from delivery d left join lateral (
         select count(distinct attempt) as events, count(*) filter (where disposition = 'accepted') as accepted,
                count(*) filter (where code >= 400 and phase in ('RCPT', 'DOT')) as refusals,
                array_agg(disposition::text) filter (where attempt = d.attempts) as last
           from delivery_event where tenant_id = d.tenant_id and delivery_id = d.id
       ) e on true order by d.id`,
  );
}

/** How many rows are so, said in one line with the first few. */
function count(
  stage: Stage,
  what: string,
  rows: readonly Row[],
  isSo: (row: Row) => boolean,
): number {
  const found = rows.filter(isSo);
  if (found.length > 0) {
    const shown = found.slice(0, 3).map((row) => `${row.email} (${row.state})`);
    stage.problems.push(`${what}: ${found.length}, ${shown.join(', ')}`);
  }
  return found.length;
}
