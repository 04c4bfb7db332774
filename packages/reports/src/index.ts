/** Reports: every total, rate and speed, defined once. Pure. */
export * from './rates.ts';
export * from './speed.ts';
export * from './totals.ts';
