/** Limits of a password's length, apart from their schema: forms show them. */

/** Shortest password without a second factor (NIST SP 800-63B-4 §3.1.1.2). */
export const PASSWORD_MIN = 15;
/** Longer ones only cost time. */
export const PASSWORD_MAX = 256;
