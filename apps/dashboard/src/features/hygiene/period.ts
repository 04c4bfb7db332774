/** How far back the hygiene pages look. */
export const PERIOD_DAYS = 30;
