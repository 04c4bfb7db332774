import { networkInterfaces } from 'node:os';
import { describe, expect, test } from 'vitest';
import { routesFile, routesToReceiver } from './programs.mjs';
import { readSettings } from './settings.mjs';

const own = Object.values(networkInterfaces()).flat()[0].address;
const INTERNET = {
  DELIVER_TO_INTERNET: '1',
  BASE_URL: 'https://mail.example.co.jp',
  EHLO_NAME: 'mail.example.co.jp',
  SOURCE_ADDRESSES: own,
};

test('nothing set: demo data, embedded Postgres, the queue in Postgres, no mail to the internet', () => {
  expect(readSettings([], {})).toMatchObject({
    isDemo: true,
    isInternet: false,
    databaseUrl: undefined,
    redisUrl: undefined,
    port: 3000,
    host: '127.0.0.1',
  });
});

test('DATABASE_URL: no demo logins', () => {
  const settings = readSettings([], { DATABASE_URL: 'postgresql://o:p@db:5432/h' });
  expect(settings.isDemo).toBe(false);
});

test('DELIVER_TO_INTERNET with all that it needs: mail goes out, and no demo', () => {
  expect(readSettings([], INTERNET)).toMatchObject({ isInternet: true, isDemo: false });
});

describe('settings that cannot be are named, with what to do', () => {
  test.each([
    ['no BASE_URL', { ...INTERNET, BASE_URL: '' }, /BASE_URL must be/],
    [
      'a BASE_URL nobody reaches',
      { ...INTERNET, BASE_URL: 'http://localhost:3000' },
      /cannot reach/,
    ],
    ['no EHLO name', { ...INTERNET, EHLO_NAME: '' }, /EHLO_NAME must be the full host name/],
    ['an EHLO name without a domain', { ...INTERNET, EHLO_NAME: 'mail' }, /EHLO_NAME/],
    ['no source address', { ...INTERNET, SOURCE_ADDRESSES: ' ' }, /SOURCE_ADDRESSES must list/],
    [
      'a source of another machine',
      { ...INTERNET, SOURCE_ADDRESSES: '192.0.2.9' },
      /does not have/,
    ],
    ['a half-said yes', { DELIVER_TO_INTERNET: 'true' }, /only 1 lets mail out/],
    ['a database of another kind', { DATABASE_URL: 'mysql://x' }, /must look like postgresql/],
    ['a queue of another kind', { REDIS_URL: 'amqp://x' }, /must look like redis/],
    ['a port that is none', { PORT: '70000' }, /PORT must be a number/],
  ])('%s', (_, env, expected) => {
    expect(() => readSettings([], env)).toThrow(expected);
  });

  test('an option that does not exist', () => {
    expect(() => readSettings(['--rest'], {})).toThrow(/"--rest" is not an option/);
  });

  test('all at once, not one after the other', () => {
    expect(() => readSettings([], { DELIVER_TO_INTERNET: '1' })).toThrow(
      /BASE_URL[\s\S]*EHLO_NAME[\s\S]*SOURCE_ADDRESSES/,
    );
  });
});

test('every destination has a route to the receiver, also those it does not name', () => {
  const destinations = [{ port: 2501 }, { port: 2502 }];
  const routes = routesToReceiver({ routes: 'a.example = 127.0.0.1:2501\n', destinations });
  expect(routes).toBe('a.example = 127.0.0.1:2501\n* = 127.0.0.1:2502\n');
  const whole = '* = 127.0.0.1:2501\n';
  expect(routesToReceiver({ routes: whole, destinations })).toBe(whole);
});

test("the operator's routes count only where mail may leave", () => {
  const env = { ROUTES_FILE: '/etc/routes' };
  expect(routesFile({ home: '/h', isInternet: true, env })).toBe('/etc/routes');
  expect(routesFile({ home: '/h', isInternet: false, env })).toBe('/h/routes.txt');
});
