/** Launches a campaign: plans its lanes, cuts the audience in chunks. Run again, it goes on where it was. */
import { domainToASCII } from 'node:url';
import { normaliseAddress } from '@hikyaku/audience';
import {
  beginLaunch,
  countDomains,
  cutChunk,
  cutTest,
  ensureLanes,
  type LaunchCampaign,
  refreshStatistics,
  saveSiteDomains,
} from '@hikyaku/db/worker';
import { parseLaneKey, planLanes } from '@hikyaku/delivery';
import type { Context } from '../context.ts';
import type { Directory } from '../destinations/directory.ts';

export async function launchCampaign(context: Context, campaignId: string): Promise<void> {
  const { scope, logger, config } = context;
  const campaign = await beginLaunch(scope, campaignId);
  if (!campaign || campaign.isCut) return;
  if (campaign.kind === 'test') return launchTest(context, campaign);
  if (!campaign.listId) throw new Error(`Campaign ${campaignId} has no list.`);
  const startedMs = performance.now();
  const counts = await countDomains(scope, {
    tenantId: campaign.tenantId,
    listId: campaign.listId,
  });
  const { lanes, otherLaneId } = await lanesFor(context, counts, sourcesOf(context, campaign));
  let inserted = 0;
  // The first mail goes out behind the first chunk, so that one is small.
  for (let size = FIRST_CHUNK; ; size *= CHUNK_GROWTH) {
    const chunk = await cutChunk(scope, {
      campaignId,
      listId: campaign.listId,
      lanes,
      otherLaneId,
      size: Math.min(size, config.tuning.launchChunk),
    });
    inserted += chunk.inserted;
    // Before the first fence is planned: with statistics of an empty table it would read the whole of it.
    await refreshStatistics(scope, inserted).catch((error: unknown) =>
      logger.warn({ err: error, campaign: campaignId }, 'statistics could not be refreshed'),
    );
    context.timer?.poke();
    if (chunk.isDone) break;
    // The next worker goes on behind this chunk.
    if (context.stopping.aborted) return;
  }
  logger.info(
    { campaign: campaignId, inserted, ms: Math.round(performance.now() - startedMs) },
    'audience cut',
  );
}

const FIRST_CHUNK = 2_000;
const CHUNK_GROWTH = 2;

async function launchTest(context: Context, campaign: LaunchCampaign): Promise<void> {
  const { campaignId, testEmail, testFields } = campaign;
  const email = testEmail ?? '';
  const address = normaliseAddress(email, { toAscii: domainToASCII });
  const domain = address.ok ? address.domain : email.slice(email.lastIndexOf('@') + 1);
  const { lanes, otherLaneId } = await lanesFor(
    context,
    [{ domain, count: 1 }],
    sourcesOf(context, campaign),
  );
  await cutTest(context.scope, {
    campaignId,
    email: address.ok ? address.email : email,
    emailKey: address.ok ? address.emailKey : email.toLowerCase(),
    domain,
    fields: testFields ?? {},
    laneId: lanes.get(domain)?.[0] ?? otherLaneId,
    refusal: address.ok ? null : 'bad-address',
  });
  context.timer?.poke();
}

/** The addresses of its tenant's pool: a pool that is blocked does not touch another. */
function sourcesOf({ config, logger }: Context, campaign: LaunchCampaign): readonly string[] {
  const sources = config.pools[campaign.sourcePool];
  if (sources) return sources;
  logger.warn(
    { campaign: campaign.campaignId, pool: campaign.sourcePool },
    'this worker has no such pool of sources; the default is used',
  );
  return config.pools.default as string[];
}

/** Lane ids by domain, one per source. A busy domain is looked up, so that domains that share MX hosts share a lane. */
async function lanesFor(
  context: Context,
  counts: readonly { domain: string; count: number }[],
  sources: readonly string[],
) {
  const { scope, config, directory } = context;
  const { busyMin, quietLanes } = config.tuning;
  const destinations = await Promise.all(
    counts.map(async ({ domain, count }) => ({
      domain,
      count,
      site: await siteOf(directory, domain, count >= busyMin / 10),
    })),
  );
  const looked = destinations.filter(({ count }) => count >= busyMin / 10);
  // For staff and forecasts; a launch does not wait for it, and is none the worse without.
  saveSiteDomains(scope, looked).catch((error: unknown) =>
    context.logger.warn({ err: error }, 'where domains lead was not written down'),
  );
  const plan = planLanes(destinations, { busyMin, buckets: quietLanes, sources });
  const other = planLanes([{ domain: '', site: 'other', count: 0 }], {
    busyMin: 1,
    buckets: 1,
    sources,
  }).lanes[0] as string;
  const keys = [...plan.lanes, other];
  const ids = await ensureLanes(
    scope,
    keys.map((key) => {
      const { group, source } = parseLaneKey(key);
      return { site: group, source };
    }),
  );
  const idOf = new Map(keys.map((key, index) => [key, ids[index] as string]));
  const lanes = new Map<string, string[]>();
  for (const [domain, own] of plan.lanesByDomain)
    lanes.set(
      domain,
      own.map((key) => idOf.get(key) as string),
    );
  return { lanes, otherLaneId: idOf.get(other) as string };
}

/** Looking up thousands of domains with a single recipient would hold the launch up; they share lanes anyway. */
async function siteOf(
  directory: Directory,
  domain: string,
  isWorthAsking: boolean,
): Promise<string> {
  if (!isWorthAsking) return domain;
  const found = await directory.find(domain);
  return found.ok ? found.site : domain;
}
