/** Reports: every total, rate and speed, defined once. Pure. */
export * from './columns.ts';
export * from './rates.ts';
export * from './speed.ts';
export * from './totals.ts';
