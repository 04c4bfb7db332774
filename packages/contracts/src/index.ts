/** Schemas and types that cross a process boundary. Imports zod alone. */
export * from './campaign-content.ts';
export * from './import-mapping.ts';
export * from './jobs.ts';
export * from './site-profile.ts';
export * from './states.ts';
