/** Replies: what a server's answer means. Rules are data; the result says which one decided. Pure. */
export * from './categories.ts';
export * from './classify.ts';
export * from './enhanced.ts';
export * from './profiles/index.ts';
export * from './rule.ts';
export { RULES } from './rules/index.ts';
export * from './sites.ts';
export * from './validate.ts';
