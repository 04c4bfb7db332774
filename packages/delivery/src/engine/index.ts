/** The core of delivery: `step(state, event) → commands`. */
export type { Command, RowOutcome } from './commands.ts';
export type {
  Event,
  FoundRow,
  SessionEnding,
  SessionLimits,
  SessionTrouble,
  SiteVeto,
  Verdictable,
} from './events.ts';
export type { CampaignFacts, Destination, LaneFacts, Now, Row, SiteProfile } from './facts.ts';
export { EVERY_GROUP } from './feed.ts';
export { type SiteClaim, siteClaims, windowOf } from './session-caps.ts';
export {
  createState,
  type EngineSettings,
  type EngineState,
  type Feed,
  type Lane,
  type Pool,
  type Tally,
} from './state.ts';
export { step } from './step.ts';
export { mayComplete } from './transaction-steps.ts';
