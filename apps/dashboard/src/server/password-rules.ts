/** What a new password must be. Length is what counts (NIST SP 800-63B-4 §3.1.1.2): no rules about kinds of characters. */
import { z } from 'zod';
import { PASSWORD_MAX, PASSWORD_MIN } from './password-length.ts';

export const newPassword = z
  .string()
  .min(PASSWORD_MIN, 'PASSWORD_SHORT')
  .max(PASSWORD_MAX, 'FIELD_TOO_LONG')
  .refine((password) => new Set(password).size >= 4, 'PASSWORD_TOO_PLAIN');
