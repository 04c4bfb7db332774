/** Delivery policies: retries, lanes, concurrency, backoff, and what a failure means. Pure; time and entropy come in. */
export * from './burst-veto.ts';
export * from './concurrency.ts';
export * from './due-heap.ts';
export * from './engine/index.ts';
export * from './failure-policy.ts';
export * from './host.ts';
export * from './lane.ts';
export * from './open-time.ts';
export * from './reply-action.ts';
export * from './retry.ts';
export * from './session-shares.ts';
export * from './site-backoff.ts';
export * from './site-limits.ts';
