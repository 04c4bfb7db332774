import { z } from 'zod';

/** A list's name as it is typed; blank and endless ones are refused. */
export const listName = z.string().trim().min(1, 'FIELD_EMPTY').max(100, 'FIELD_TOO_LONG');
