export type { BulkUnsubscribeReference } from './bulk-unsubscribe.ts';
export type { ReturnPathReference } from './return-path.ts';
export { createTokens, type Tokens } from './tokens.ts';
export type { UnsubscribeReference } from './unsubscribe.ts';
