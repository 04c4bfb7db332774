/**
 * Delivers one lane for as long as this worker holds its lease and it has something to do: reads due rows, hands them to
 * the pools of their sites, and says when the lane is due again. The wiring around the policies of packages/delivery.
 */

import type { WorkerScope } from '@hikyaku/db';
import {
  cleanDeadAddresses,
  type DueDelivery,
  endIfSuppressed,
  endWaiting,
  insertSiteEvent,
  type LaneCampaign,
  readLaneCampaigns,
  reapLostDeliveries,
  setLaneDue,
} from '@hikyaku/db/worker';
import type { Tokens } from '@hikyaku/message/node';
import type { Logger } from 'pino';
import type { Destination, Directory } from '../destinations/directory.ts';
import type { Config } from '../env.ts';
import { type Compose, createCampaignCompose } from './campaign-composer.ts';
import { CampaignFeed } from './campaign-feed.ts';
import type { DeliveryLog } from './delivery-log.ts';
import type { LaneContext } from './lane-context.ts';
import type { HeldLease } from './lease-keeper.ts';
import type { Policies } from './policies.ts';
import type { Envelope } from './session-driver.ts';
import { SitePool } from './site-pool.ts';
import type { SiteStates } from './site-state.ts';
import { settleUnroutable } from './unroutable.ts';

/** What lanes of one process share. */
export interface LaneDeps {
  scope: WorkerScope;
  /** For reading due rows. */
  hotScope: WorkerScope;
  log: DeliveryLog;
  directory: Directory;
  tokens: Tokens;
  config: Config;
  logger: Logger;
  policies: Policies;
  /** What is known of sites, beyond the ownership of a lane. */
  sites: SiteStates;
  nextSessionId(): string;
}

interface Running {
  feed: CampaignFeed;
  compose: Compose;
}

/** A lane with nothing due for longer than this is given back; the timer hands it out again. */
const KEEP_MS = 5_000;
const REFRESH_MS = 1_000;
const TICK_MS = 200;

export class LaneRunner implements LaneContext {
  readonly lease: HeldLease;
  readonly log: DeliveryLog;
  readonly logger: Logger;
  readonly tuning: Config['tuning'];
  readonly policies: Policies;
  readonly ehloName: string;
  readonly own: readonly string[];
  readonly #deps: LaneDeps;
  readonly #campaigns = new Map<string, Running>();
  readonly #pools = new Map<string, SitePool>();
  #isStopping = false;
  #isRefreshDue = true;
  #refreshAtMs = 0;
  #turn = 0;
  #wake: (() => void) | undefined;
  #isWoken = false;

  constructor(deps: LaneDeps, lease: HeldLease) {
    const { config } = deps;
    this.#deps = deps;
    this.lease = lease;
    this.log = deps.log;
    this.logger = deps.logger.child({ lane: lease.laneId, site: lease.site, epoch: lease.epoch });
    this.tuning = config.tuning;
    this.policies = deps.policies;
    this.ehloName = config.ehloName;
    this.own = [config.ehloName, ...config.sources];
  }

  /** Until the lane has nothing due for a while, the lease is lost, or `stop` is called. Then everything is settled. */
  async run(): Promise<void> {
    const reaped = await reapLostDeliveries(this.#deps.scope, this.lease);
    if (reaped > 0) this.logger.warn({ reaped }, 'fenced rows of a lost owner are now unknown');
    while (!this.#isStopping && this.lease.isValid()) {
      try {
        const nowMs = Date.now();
        await this.#retire(nowMs);
        await this.#refresh(nowMs);
        const isFull = await this.#fill(nowMs);
        for (const pool of this.#pools.values()) pool.tend(Date.now());
        if (this.#isIdle(nowMs)) break;
        await this.#rest(isFull ? 0 : TICK_MS);
      } catch (error) {
        this.logger.error({ err: error }, 'the lane could not read its rows; it tries again');
        await new Promise((resolve) => setTimeout(resolve, 1_000));
      }
    }
    await this.#end();
  }

  /** Drains: transactions under way end, nothing new begins. */
  stop(): void {
    this.#isStopping = true;
    this.wake();
  }

  /** The campaigns may have changed: look now instead of at the next turn. */
  refresh(): void {
    this.#isRefreshDue = true;
    this.wake();
  }

  wake(): void {
    this.#isWoken = true;
    this.#wake?.();
  }

  nextSessionId(): string {
    return this.#deps.nextSessionId();
  }

  compose(row: DueDelivery): Envelope | undefined {
    const running = this.#campaigns.get(row.campaignId);
    const nowMs = Date.now();
    if (!running?.feed.mayStart(nowMs) || !this.lease.isValid()) {
      this.putBack(row, nowMs);
      return undefined;
    }
    try {
      const message = running.compose(row, nowMs);
      return {
        row,
        feed: running.feed,
        fence: undefined,
        mailFrom: running.feed.campaign.fromEmail,
        recipients: [row.email],
        sizeBytes: message.sizeBytes,
        content: () => message.content,
      };
    } catch (error) {
      void this.#cancel(running.feed, row, error);
      return undefined;
    }
  }

  putBack(row: DueDelivery, atMs: number): void {
    this.#campaigns.get(row.campaignId)?.feed.putAside(row.id, atMs);
  }

  async endIfSuppressed(row: DueDelivery): Promise<boolean> {
    return endIfSuppressed(this.#deps.scope, row).catch((error: unknown) => {
      this.logger.warn({ err: error, delivery: row.id }, 'a refused fence could not be explained');
      return false;
    });
  }

  logSiteEvent(event: Parameters<LaneContext['logSiteEvent']>[0]): void {
    this.logger.info({ event }, 'site failure');
    insertSiteEvent(this.#deps.scope, {
      ...event,
      laneId: this.lease.laneId,
      source: this.lease.source,
    }).catch((error) =>
      this.logger.error({ err: error, event }, 'a site event could not be stored'),
    );
  }

  async #refresh(nowMs: number): Promise<void> {
    if (!this.#isRefreshDue && nowMs < this.#refreshAtMs) return;
    this.#isRefreshDue = false;
    this.#refreshAtMs = nowMs + REFRESH_MS;
    const campaigns = await readLaneCampaigns(this.#deps.scope, this.lease.laneId);
    const seen = new Set<string>();
    for (const campaign of campaigns) {
      seen.add(campaign.campaignId);
      const feed = this.#campaigns.get(campaign.campaignId)?.feed;
      if (feed?.isRunning) feed.update(campaign);
      // Stopped and resumed in between: it begins anew, once the last row of before is back.
      else if (!feed || feed.outstanding === 0) this.#begin(campaign);
    }
    for (const [id, { feed }] of this.#campaigns) {
      if (seen.has(id)) continue;
      if (feed.isRunning) for (const pool of this.#pools.values()) pool.withdraw(id);
      feed.isRunning = false;
      // Forgotten when its last row is back; it is read anew when it runs again.
      if (feed.outstanding === 0) this.#campaigns.delete(id);
    }
  }

  /** Campaigns that have nothing left here are said to be done at once, whatever else the lane still has to do. */
  async #retire(nowMs: number): Promise<void> {
    for (const [id, { feed }] of this.#campaigns) {
      if (feed.next(nowMs) !== 'done') continue;
      await this.#sayDue(feed, 'done');
      this.#campaigns.delete(id);
    }
  }

  async #sayDue(feed: CampaignFeed, next: number | 'done'): Promise<void> {
    const { tenantId, campaignId, rescanEpoch } = feed.campaign;
    try {
      await cleanDeadAddresses(this.#deps.scope, this.lease.laneId, campaignId);
    } catch (error) {
      // Not lost: it is looked at again with the campaign's next turn in this lane, or by hand.
      this.logger.warn(
        { err: error, campaign: campaignId },
        'dead addresses could not be cleaned now',
      );
    }
    await setLaneDue(this.#deps.scope, {
      tenantId,
      campaignId,
      laneId: this.lease.laneId,
      rescanEpoch,
      next,
    });
  }

  #begin(campaign: LaneCampaign): void {
    const { hotScope, tokens, config } = this.#deps;
    try {
      const feed = new CampaignFeed(hotScope, this.lease.laneId, campaign, {
        margins: this.policies.margins,
        timeScale: this.tuning.timeScale,
      });
      const compose = createCampaignCompose(campaign, { tokens, baseUrl: config.baseUrl });
      this.#campaigns.set(campaign.campaignId, { feed, compose });
    } catch (error) {
      // Checked where it entered; one that is broken all the same must not hold up its neighbours.
      this.logger.error({ err: error, campaign: campaign.campaignId }, 'a campaign cannot be sent');
    }
  }

  /** Reads rows while there is room for them; campaigns take turns. True when more could be read at once. */
  async #fill(nowMs: number): Promise<boolean> {
    const room = this.#room();
    if (room <= 0) return false;
    const readable = [...this.#campaigns.values()].filter(({ feed }) => feed.isReadable(nowMs));
    if (readable.length === 0) return false;
    const { feed } = readable[this.#turn++ % readable.length] as Running;
    const limit = Math.max(1, Math.ceil(room / readable.length));
    const rows = await feed.read(nowMs, limit);
    for (const row of rows) {
      const found = this.#deps.directory.find(row.domain);
      // A slow name server holds up its own domain and no other.
      if (found instanceof Promise)
        void found.then((destination) => this.#placeLate(row, feed, destination));
      else this.#place(row, feed, found);
    }
    return rows.length === limit || readable.length > 1;
  }

  #room(): number {
    let queued = 0;
    let sessions = 0;
    for (const pool of this.#pools.values()) {
      queued += pool.queued;
      sessions += pool.sessions;
    }
    const target = Math.max(200, sessions * 8);
    return queued < target / 2 ? target - queued : 0;
  }

  #placeLate(row: DueDelivery, feed: CampaignFeed, destination: Destination): void {
    if (this.#isStopping || !feed.isRunning) feed.putAside(row.id, Date.now());
    else this.#place(row, feed, destination);
    this.wake();
  }

  #place(row: DueDelivery, feed: CampaignFeed, destination: Destination): void {
    if (!destination.ok) {
      void settleUnroutable(this, row, feed, destination);
      return;
    }
    let pool = this.#pools.get(destination.site);
    if (!pool) {
      pool = new SitePool(
        this,
        destination.site,
        destination.hosts,
        this.#deps.sites.of(destination.site, this.lease.source),
      );
      this.#pools.set(destination.site, pool);
    }
    const retryAtMs = pool.retryAtMs;
    const nowMs = Date.now();
    // A site that is left alone must not fill the lane's room with rows that wait for it.
    if (retryAtMs !== null && retryAtMs > nowMs) feed.putAside(row.id, retryAtMs);
    else pool.push(row);
  }

  async #cancel(feed: CampaignFeed, row: DueDelivery, error: unknown): Promise<void> {
    this.logger.warn(
      { err: error, delivery: row.id },
      'a message could not be composed; its delivery is cancelled',
    );
    try {
      await endWaiting(this.#deps.scope, {
        tenantId: row.tenantId,
        ids: [row.id],
        state: 'cancelled',
        category: 'not-composed',
      });
      feed.settled(row.id);
    } catch {
      feed.putAside(row.id, Date.now() + 1_000);
    }
    this.wake();
  }

  #isIdle(nowMs: number): boolean {
    for (const { feed } of this.#campaigns.values()) {
      const next = feed.next(nowMs);
      if (next === 'now' || (next !== 'done' && next < nowMs + KEEP_MS)) return false;
    }
    return true;
  }

  async #rest(ms: number): Promise<void> {
    if (!this.#isWoken && ms > 0) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, ms);
        this.#wake = () => {
          clearTimeout(timer);
          // Let the events of this turn gather before looking.
          setImmediate(resolve);
        };
      });
    }
    this.#wake = undefined;
    this.#isWoken = false;
  }

  async #end(): Promise<void> {
    const pools = [...this.#pools.values()];
    if (this.lease.isValid())
      await Promise.all(pools.map((pool) => pool.stop(this.tuning.drainMs)));
    else for (const pool of pools) pool.destroy();
    while (pools.some((pool) => pool.openSessions > 0))
      await new Promise((resolve) => setTimeout(resolve, 10));
    await this.log.idle();
    const nowMs = Date.now();
    for (const { feed } of this.#campaigns.values()) {
      if (!feed.isRunning) continue;
      const next = this.#isStopping || !this.lease.isValid() ? 'now' : feed.next(nowMs);
      await this.#sayDue(feed, next === 'now' ? nowMs : next);
    }
  }
}
