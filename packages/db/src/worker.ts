/** The worker's side of the room: hot paths in sets, over a WorkerScope. */
export * from './archive/log-archive.ts';
export { DELIVERY_SETTINGS } from './delivery/connection-settings.ts';
export { endIfSuppressed, endWaiting } from './delivery/end-waiting.ts';
export {
  type FenceRequest,
  fenceDeliveries,
  type Unfence,
  unfenceDeliveries,
} from './delivery/fence.ts';
export { type DueDelivery, readWaiting, readWaitingById } from './delivery/read-due.ts';
export { reapLostDeliveries } from './delivery/reap.ts';
export { type Outcome, settleDeliveries } from './delivery/settle.ts';
export { insertSiteEvent, type SiteEvent } from './delivery/site-event.ts';
export { cleanDeadAddresses } from './hygiene/clean-dead.ts';
export { cleanFullMailboxes } from './hygiene/clean-full.ts';
export { endQuarantines } from './hygiene/end-quarantines.ts';
export { readStandingVetoes } from './hygiene/read-standing-vetoes.ts';
export { readVetoReleases } from './hygiene/read-veto-releases.ts';
export { rollUpHygiene } from './hygiene/roll-up.ts';
export { type WrittenVeto, writeVeto } from './hygiene/write-veto.ts';
export {
  beginImport,
  endImport,
  type ImportBatch,
  type RunningImport,
  readImportChunk,
  writeImportBatch,
} from './import/run-import.ts';
export { readDestinationGroups } from './lane/destination-groups.ts';
export { acquireLane, type LaneLease, releaseLane, renewLanes } from './lane/lane-lease.ts';
export { type LaneStops, readLaneStops } from './lane/lane-stops.ts';
export {
  type LaneCampaign,
  readDueLanes,
  readLaneCampaigns,
  readOrphanedLanes,
  setLaneDue,
} from './lane/lane-work.ts';
export { finishCampaigns, markMissedStarts, readLaunchable } from './launch/campaign-timer.ts';
export {
  beginLaunch,
  countDomains,
  cutChunk,
  cutTest,
  ensureLanes,
  type LaunchCampaign,
} from './launch/cut-audience.ts';
export { expireOverdue } from './launch/expire-overdue.ts';
export { refreshStatistics } from './launch/refresh-statistics.ts';
export {
  cancelAbandonedUploads,
  readDeletedLists,
  readPendingImports,
  tryTimerLock,
} from './launch/timer-work.ts';
export {
  type ReconcileRow,
  readReconcileCampaign,
  reconcileRows,
} from './report/reconcile-rows.ts';
export { type ShareClaim, type SiteShare, shareSessions } from './site/share-sessions.ts';
export {
  findBrokenOverrides,
  type LearnedSiteField,
  readSiteProfiles,
  saveLearned,
} from './site/site-profiles.ts';
export {
  type CampaignPace,
  type SiteStatusRow,
  saveSiteDomains,
  writeCampaignPaces,
  writeSiteStatus,
} from './site/write-site-status.ts';
