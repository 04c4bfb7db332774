/**
 * One campaign's rows in one lane: read in order of id, held while they are under way, and put aside until their next
 * attempt. Invariant: a row is in memory at most once, and `outstanding` holds exactly those that are.
 */

import {
  createWindowClock,
  mayFence,
  mayStart,
  type Window,
  type WindowClock,
  type WindowMargins,
} from '@hikyaku/campaigns';
import type { WorkerScope } from '@hikyaku/db';
import {
  type DueDelivery,
  endWaiting,
  type LaneCampaign,
  readWaiting,
  readWaitingById,
} from '@hikyaku/db/worker';
import { createDueHeap, type DueHeap } from './due-heap.ts';

export class CampaignFeed {
  campaign: LaneCampaign;
  /** False once the database says that it is paused, over, or its tenant suspended. */
  isRunning = true;
  readonly #later: DueHeap = createDueHeap();
  readonly #outstanding = new Set<string>();
  readonly #scope: WorkerScope;
  readonly #laneId: string;
  readonly #policies: { margins: WindowMargins; timeScale: number };
  #clock: WindowClock = createWindowClock([]);
  #expiresAtMs = Number.POSITIVE_INFINITY;
  #cursor = '0';
  #isAtEnd = false;
  #pollAtMs = 0;

  /** `timeScale` multiplies the expiry, as it does margins and retries. */
  constructor(
    scope: WorkerScope,
    laneId: string,
    campaign: LaneCampaign,
    policies: { margins: WindowMargins; timeScale: number },
  ) {
    this.#scope = scope;
    this.#laneId = laneId;
    this.#policies = policies;
    this.campaign = campaign;
    this.#setClock();
  }

  /** What the database says of the campaign now; a raised rescan epoch starts the reading over. */
  update(campaign: LaneCampaign): void {
    const before = this.campaign;
    this.campaign = campaign;
    if (campaign.rescanEpoch !== before.rescanEpoch) {
      this.#cursor = '0';
      this.#isAtEnd = false;
      this.#later.clear();
    }
    const isClockSame =
      windowsOf(campaign) === windowsOf(before) && campaign.openSinceMs === before.openSinceMs;
    if (!isClockSame) this.#setClock();
  }

  #setClock(): void {
    const { campaign } = this;
    const windows = JSON.parse(windowsOf(campaign)) as Window[];
    this.#clock = createWindowClock(windows);
    const openMs = campaign.expiryMs * this.#policies.timeScale;
    this.#expiresAtMs = this.#clock.addOpenTime(campaign.openSinceMs, openMs);
  }

  get clock(): WindowClock {
    return this.#clock;
  }

  /** Epoch ms from which a waiting row has had its open time. */
  get expiresAtMs(): number {
    return this.#expiresAtMs;
  }

  mayStart(nowMs: number): boolean {
    return this.isRunning && mayStart(this.clock, nowMs, this.#policies.margins);
  }

  mayFence(nowMs: number): boolean {
    return mayFence(this.clock, nowMs, this.#policies.margins);
  }

  get outstanding(): number {
    return this.#outstanding.size;
  }

  /** Whether a read may bring something now. */
  isReadable(nowMs: number): boolean {
    if (!this.mayStart(nowMs)) return false;
    if (this.#later.nextMs <= nowMs) return true;
    return !this.#isAtEnd || (!this.campaign.isCut && nowMs >= this.#pollAtMs);
  }

  /** When it is due next, 'now' while rows are under way or unread, 'done' when nothing is left. */
  next(nowMs: number): number | 'now' | 'done' {
    if (this.#outstanding.size > 0) return 'now';
    if (!this.isRunning) return Number.POSITIVE_INFINITY;
    const state = this.clock.stateAt(nowMs);
    if (!state.open) return Number.isFinite(state.opensAtMs) ? state.opensAtMs : nowMs + 3_600_000;
    if (!this.mayStart(nowMs)) return this.#opening(nowMs);
    if (!this.#isAtEnd || !this.campaign.isCut) return 'now';
    return this.#later.size > 0 ? this.#later.nextMs : 'done';
  }

  /** Due rows, at most `limit`; each is outstanding until `settled` or `putAside`. */
  async read(nowMs: number, limit: number): Promise<DueDelivery[]> {
    if (nowMs >= this.expiresAtMs) await this.#expire();
    const due = await this.#readRetries(nowMs, limit);
    if (due.length < limit && (!this.#isAtEnd || !this.campaign.isCut)) {
      due.push(...(await this.#readOn(nowMs, limit - due.length)));
    }
    return due;
  }

  settled(id: string): void {
    this.#outstanding.delete(id);
  }

  /** Not now: the row waits in the database as before, and is looked at again at `atMs`. */
  putAside(id: string, atMs: number): void {
    this.#outstanding.delete(id);
    this.#later.push(id, atMs);
  }

  #opening(nowMs: number): number {
    const state = this.clock.stateAt(nowMs);
    const closesAtMs = state.open ? state.closesAtMs : nowMs;
    const after = this.clock.stateAt(closesAtMs);
    return after.open ? closesAtMs : after.opensAtMs;
  }

  async #readRetries(nowMs: number, limit: number): Promise<DueDelivery[]> {
    const ids = this.#later.take(nowMs, limit).filter((id) => !this.#outstanding.has(id));
    if (ids.length === 0) return [];
    try {
      const rows = await readWaitingById(this.#scope, {
        tenantId: this.campaign.tenantId,
        laneId: this.#laneId,
        ids,
      });
      return this.#admit(rows, nowMs);
    } catch (error) {
      for (const id of ids) this.#later.push(id, nowMs);
      throw error;
    }
  }

  async #readOn(nowMs: number, limit: number): Promise<DueDelivery[]> {
    const rows = await readWaiting(this.#scope, {
      campaignId: this.campaign.campaignId,
      laneId: this.#laneId,
      afterId: this.#cursor,
      limit,
    });
    const last = rows.at(-1);
    if (last) this.#cursor = last.id;
    this.#isAtEnd = rows.length < limit;
    this.#pollAtMs = nowMs + 500;
    return this.#admit(rows, nowMs);
  }

  #admit(rows: DueDelivery[], nowMs: number): DueDelivery[] {
    const due: DueDelivery[] = [];
    for (const row of rows) {
      if (this.#outstanding.has(row.id)) continue;
      if (row.nextAttemptMs > nowMs) {
        this.#later.push(row.id, row.nextAttemptMs);
        continue;
      }
      this.#outstanding.add(row.id);
      due.push(row);
    }
    return due;
  }

  /** Open time is over: whatever still waits here has expired. What is under way keeps its own verdict. */
  async #expire(): Promise<void> {
    for (;;) {
      const rows = await readWaiting(this.#scope, {
        campaignId: this.campaign.campaignId,
        laneId: this.#laneId,
        afterId: '0',
        limit: 5_000,
      });
      const ids = rows.map((row) => row.id).filter((id) => !this.#outstanding.has(id));
      if (ids.length === 0) break;
      await endWaiting(this.#scope, {
        tenantId: this.campaign.tenantId,
        ids,
        state: 'expired',
        category: 'expired',
      });
      if (rows.length < 5_000) break;
    }
    this.#later.clear();
  }
}

/** The windows that bind, as text that can be compared. A test message is for its sender: it goes at any hour. */
function windowsOf(campaign: LaneCampaign): string {
  const windows = campaign.kind === 'test' ? [] : [campaign.window, campaign.tenantWindow];
  return JSON.stringify(windows);
}
