/** The only room with SQL and Prisma. Everything takes a scope first; see scope/scopes.ts. */

export { type AuditEntry, audit } from './audit/audit.ts';
export * from './auth/load-session.ts';
export * from './auth/one-time-link.ts';
export * from './auth/sign-in.ts';
export * from './auth/throttle.ts';
export { cancelCampaign } from './campaign/cancel-campaign.ts';
export { createTestSend, type TestSendInput } from './campaign/create-test-send.ts';
export { pauseCampaign } from './campaign/pause-campaign.ts';
export { resendUnknown } from './campaign/resend-unknown.ts';
export { resumeCampaign } from './campaign/resume-campaign.ts';
export * from './campaign/schedule-campaign.ts';
export { startMissedCampaign } from './campaign/start-missed-campaign.ts';
export * from './import/append-import-chunk.ts';
export { cancelImport } from './import/cancel-import.ts';
export * from './import/create-import.ts';
export { finishUpload } from './import/finish-upload.ts';
export * from './import/import-progress.ts';
export { readImportHead } from './import/read-import-head.ts';
export * from './import/refusals-csv-rows.ts';
export { setImportMapping } from './import/set-import-mapping.ts';
export * from './list/audience-summary.ts';
export { deleteList } from './list/delete-list.ts';
export * from './people/members.ts';
export * from './report/campaign-totals.ts';
export * from './report/delivery-timeline.ts';
export * from './report/events-csv-rows.ts';
export * from './report/hygiene.ts';
export * from './report/list-deliveries.ts';
export * from './report/totals-by-destination.ts';
export * from './report/totals-by-reply.ts';
export * from './report/totals-over-time.ts';
export { DbError, type DbErrorCode } from './scope/db-error.ts';
export { isBigId, isUuid } from './scope/ids.ts';
export type { Subscription } from './scope/listen.ts';
export { notifyDue } from './scope/notify-due.ts';
export { closeDb, type Db, type OpenDbOptions, openDb } from './scope/open-db.ts';
export {
  type AuthScope,
  asAuth,
  asStaff,
  emptyFragment,
  fragment,
  joinFragments,
  type ScopedPrisma,
  type ScopedSql,
  type ScopeOptions,
  type StaffScope,
  type TenantActor,
  type TenantRunner,
  type TenantScope,
  withTenant,
} from './scope/scopes.ts';
export {
  asWorker,
  type WorkerClient,
  type WorkerResult,
  type WorkerScope,
} from './scope/worker-scope.ts';
export {
  type Destination,
  type DestinationLane,
  listDestinations,
  listSiteEvents,
} from './site/list-destinations.ts';
export { PINNABLE, type PinnableField, pinLearnedLimit, unpinLimit } from './site/pin-limit.ts';
export { setSiteOverride } from './site/set-site-override.ts';
export {
  findBrokenOverrides,
  readSiteProfiles,
  type StoredSiteProfile,
} from './site/site-profiles.ts';
export { type LanePace, readDomainSpeeds, readLanePaces } from './site/site-speeds.ts';
export * from './staff/blocks.ts';
export * from './staff/create-staff-user.ts';
export * from './staff/create-tenant.ts';
export * from './staff/hygiene-acts.ts';
export * from './staff/list-lanes.ts';
export * from './staff/list-stops.ts';
export * from './staff/sender-domains.ts';
export * from './staff/set-tenant-status.ts';
export {
  resumeSending,
  type StopScope,
  type StopTarget,
  stopSending,
} from './staff/stop-switch.ts';
export * from './staff/tenants-by-risk.ts';
export { emailKeyOf } from './suppression/email-key.ts';
export { releaseSuppression } from './suppression/release-suppression.ts';
export { type ReleaseRule, releaseSuppressions } from './suppression/release-suppressions.ts';
export * from './suppression/suppress.ts';
export * from './suppression/unsubscribe.ts';
export * from './window/destination-groups.ts';
export * from './window/find-closed-campaign.ts';
export * from './window/read-windows.ts';
export * from './window/save-installation-windows.ts';
