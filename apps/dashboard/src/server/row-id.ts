/** An id of what machines make by the million, as it travels: decimal digits, within Postgres' bigint. */
import { isBigId } from '@hikyaku/db';
import { z } from 'zod';

export const rowId = z.string().refine(isBigId).transform(BigInt);
