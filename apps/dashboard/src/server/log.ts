/** Structured log of the dashboard: one line per failure, no personal data. */
import pino from 'pino';

export const log = pino({ base: { app: 'dashboard' } });
