/**
 * The states of a campaign and the only table of moves between them.
 * Invariant: a fence may be committed only while `isSendingState(state)`; a cancelled campaign never sends again.
 * How far a launch has come is kept in the database, not here.
 */

/**
 * Moves a campaign, or says why not.
 *
 * `edit` and `delete` are permissions rather than moves: they return the same state, and the caller edits or deletes.
 * `resume` returns `launching` while the audience cut is not complete (`facts.isLaunchComplete === false`), so that the
 * launch job goes on where it stopped.
 */
export function transition(
  state: CampaignState,
  action: CampaignAction,
  facts: TransitionFacts = {},
): TransitionResult {
  const next = MOVES[state][action];
  if (next === undefined) return { ok: false, code: 'campaign-action-not-allowed', state, action };
  if (action === 'resume' && facts.isLaunchComplete === false)
    return { ok: true, state: 'launching' };
  return { ok: true, state: next };
}

/** The actions that people may take in this state, in the order in which buttons show them. */
export function userActionsOf(state: CampaignState): UserAction[] {
  return USER_ACTIONS.filter((action) => MOVES[state][action] !== undefined);
}

/** Whether this action is allowed in this state. */
export function isAllowed(state: CampaignState, action: CampaignAction): boolean {
  return MOVES[state][action] !== undefined;
}

/** The states from which an action may be taken: for `UPDATE … WHERE state = ANY($1)`. */
export function statesAllowing(action: CampaignAction): CampaignState[] {
  return CAMPAIGN_STATES.filter((state) => MOVES[state][action] !== undefined);
}

/** True where deliveries may be fenced. Sending starts while the launch still inserts rows. */
export function isSendingState(state: CampaignState): boolean {
  return state === 'launching' || state === 'running';
}

/** True where nothing will be sent any more unless a person asks for unknowns to be sent again. */
export function isFinalState(state: CampaignState): boolean {
  return state === 'finished' || state === 'cancelled';
}

export const CAMPAIGN_STATES = [
  'draft',
  'scheduled',
  'launching',
  'running',
  'paused',
  'finished',
  'cancelled',
] as const;

/** What people ask for. `send-again` puts chosen unknowns back to waiting, which reopens a finished campaign. */
export const USER_ACTIONS = [
  'edit',
  'schedule',
  'unschedule',
  'start',
  'pause',
  'resume',
  'send-again',
  'cancel',
  'delete',
] as const;

/** What the worker reports: the audience cut is complete; nothing waits any more. */
export const SYSTEM_ACTIONS = ['launched', 'finish'] as const;

const MOVES: Record<CampaignState, Partial<Record<CampaignAction, CampaignState>>> = {
  draft: { edit: 'draft', schedule: 'scheduled', start: 'launching', delete: 'draft' },
  // A change of content needs a new look at the checklist, so a scheduled campaign goes back to draft first.
  scheduled: {
    schedule: 'scheduled',
    unschedule: 'draft',
    start: 'launching',
    cancel: 'cancelled',
  },
  launching: { launched: 'running', pause: 'paused', cancel: 'cancelled' },
  running: { pause: 'paused', cancel: 'cancelled', finish: 'finished', 'send-again': 'running' },
  // What was fenced before the pause may be the last of it: then a paused campaign finishes.
  paused: {
    resume: 'running',
    cancel: 'cancelled',
    launched: 'paused',
    finish: 'finished',
    'send-again': 'paused',
  },
  finished: { 'send-again': 'running' },
  cancelled: {},
};

export type CampaignState = (typeof CAMPAIGN_STATES)[number];
export type UserAction = (typeof USER_ACTIONS)[number];
export type SystemAction = (typeof SYSTEM_ACTIONS)[number];
export type CampaignAction = UserAction | SystemAction;
export type TransitionFacts = { isLaunchComplete?: boolean };
export type TransitionResult =
  | { ok: true; state: CampaignState }
  | {
      ok: false;
      code: 'campaign-action-not-allowed';
      state: CampaignState;
      action: CampaignAction;
    };
