/** The installation under test, as `npm test -- browser` describes it. */

/** Address, demo password and browser; empty outside of that command, so that a listing of the tests still works. */
export const installation = {
  url: process.env.E2E_BASE_URL ?? '',
  password: process.env.E2E_PASSWORD ?? '',
  chromium: process.env.CHROMIUM_PATH,
};

/** The demo's people. */
export const PEOPLE = {
  owner: 'owner@sakura.example',
  viewer: 'viewer@sakura.example',
  otherOwner: 'owner@fuji.example',
  staff: 'staff@hikyaku.example',
} as const;
