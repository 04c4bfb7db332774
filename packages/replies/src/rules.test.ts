import { describe, expect, it } from 'vitest';
import { RULES } from './rules/index.ts';
import { validateRules } from './validate.ts';

describe('the rules of this package', () => {
  it('can all match, shadow none, and decide their own examples', () => {
    expect(validateRules(RULES)).toEqual([]);
  });
});
