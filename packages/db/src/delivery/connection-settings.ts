/**
 * Of the connections that fence, settle and read due rows: plans go by index, whatever the statistics say of a table that was
 * empty a second ago, and are kept, because planning a settle anew each time takes a third of what it takes to do it.
 */
export const DELIVERY_SETTINGS = {
  enable_seqscan: 'off',
  enable_hashjoin: 'off',
  enable_mergejoin: 'off',
  plan_cache_mode: 'force_generic_plan',
} as const;
