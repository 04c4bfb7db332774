/** What the start script, the containers and the tests need to prepare a database. */
export { type EnsureRolesOptions, ensureRoles } from './ensure-roles.ts';
export { type MigrateOptions, type MigrateResult, migrate } from './migrate.ts';
export { RUNTIME_ROLES, type RuntimePlane, type RuntimeUrls, runtimeUrls } from './runtime-urls.ts';
