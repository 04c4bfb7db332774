import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  CAMPAIGN_STATES,
  type CampaignState,
  isAllowed,
  isFinalState,
  isSendingState,
  SYSTEM_ACTIONS,
  statesAllowing,
  transition,
  USER_ACTIONS,
  userActionsOf,
} from './state.ts';

const ACTIONS = [...USER_ACTIONS, ...SYSTEM_ACTIONS];

describe('campaign states', () => {
  it('a campaign goes from draft to finished', () => {
    let state: CampaignState = 'draft';
    for (const action of ['schedule', 'start', 'launched', 'pause', 'resume', 'finish'] as const) {
      const moved = transition(state, action);
      if (!moved.ok) throw new Error(`${state} refuses ${action}`);
      state = moved.state;
    }
    expect(state).toBe('finished');
  });

  it('an action that a state does not allow changes nothing and says so', () => {
    expect(transition('finished', 'pause')).toEqual({
      ok: false,
      code: 'campaign-action-not-allowed',
      state: 'finished',
      action: 'pause',
    });
  });

  it('resume goes on with an unfinished launch', () => {
    expect(transition('paused', 'resume', { isLaunchComplete: false })).toEqual({
      ok: true,
      state: 'launching',
    });
    expect(transition('paused', 'resume')).toEqual({ ok: true, state: 'running' });
  });

  it('a launch that ends while paused does not start sending', () => {
    expect(transition('paused', 'launched')).toEqual({ ok: true, state: 'paused' });
  });

  it('nothing leads out of cancelled, whatever is pressed', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...ACTIONS)), (actions) => {
        let state: CampaignState = 'cancelled';
        for (const action of actions) {
          const moved = transition(state, action);
          if (moved.ok) state = moved.state;
        }
        expect(state).toBe('cancelled');
      }),
    );
  });

  it('buttons are the actions that the table allows', () => {
    expect(userActionsOf('running')).toEqual(['pause', 'send-again', 'cancel']);
    expect(userActionsOf('draft')).toEqual(['edit', 'schedule', 'start', 'delete']);
    expect(userActionsOf('cancelled')).toEqual([]);
    expect(statesAllowing('pause')).toEqual(['launching', 'running']);
    expect(isAllowed('scheduled', 'cancel')).toBe(true);
  });

  it('only launching and running send', () => {
    expect(CAMPAIGN_STATES.filter(isSendingState)).toEqual(['launching', 'running']);
    expect(CAMPAIGN_STATES.filter(isFinalState)).toEqual(['finished', 'cancelled']);
  });
});
