/** The only room with SQL and Prisma. Everything takes a scope first; see scope/scopes.ts. */
export { DbError, type DbErrorCode } from './scope/db-error.ts';
export { isBigId, isUuid } from './scope/ids.ts';
export type { Subscription } from './scope/listen.ts';
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
  type TenantScope,
  withTenant,
} from './scope/scopes.ts';
export {
  asWorker,
  type WorkerClient,
  type WorkerResult,
  type WorkerScope,
} from './scope/worker-scope.ts';
