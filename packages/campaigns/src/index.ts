/** Campaigns: states, schedules, delivery windows, the checklist and what a content costs. Pure: time comes in as epoch ms. */
export * from './binding-windows.ts';
export * from './checklist.ts';
export * from './closed-time.ts';
export * from './content-cost.ts';
export * from './delivery-mode.ts';
export * from './destination-groups.ts';
export * from './exclusions.ts';
export * from './expiry.ts';
export * from './forecast.ts';
export * from './forecast-rate.ts';
export * from './schedule.ts';
export * from './state.ts';
export * from './window.ts';
export * from './window-clock.ts';
export * from './window-margins.ts';
export * from './windows-check.ts';
