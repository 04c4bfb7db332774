/** Opens the signed references that come back from messages. The secret is the worker's, too. */
import { createTokens, type Tokens } from '@hikyaku/message/node';
import { env } from './env.ts';

let made: Tokens | undefined;

export function tokens(): Tokens {
  made ??= createTokens(env().TOKEN_SECRET);
  return made;
}
