import { describe, expect, test } from 'vitest';
import { readCliConfig, readConfig } from './env.ts';

const GOOD = {
  WORKER_DATABASE_URL: 'postgresql://hikyaku_worker@127.0.0.1/hikyaku',
  QUEUE_DATABASE_URL: 'postgresql://hikyaku_queue@127.0.0.1/hikyaku',
  TOKEN_SECRET: 'a secret of tests, at least 32 characters long',
  BASE_URL: 'https://mail.example.com',
};

function complaintOf(env: Record<string, string>): string {
  try {
    readConfig(env as unknown as NodeJS.ProcessEnv);
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('the environment was taken');
}
const read = (env: Record<string, string>) => readConfig(env as unknown as NodeJS.ProcessEnv);

describe('the environment of the worker', () => {
  test('with nothing set, every missing variable is named at once', () => {
    const complaint = complaintOf({});
    for (const name of [...Object.keys(GOOD), 'REDIS_URL']) expect(complaint).toContain(name);
    expect(complaint).toContain('.env.example');
    expect(complaint).not.toContain('undefined');
  });

  test('an empty variable is a missing one', () => {
    for (const name of Object.keys(GOOD))
      expect(complaintOf({ ...GOOD, [name]: '' }), name).toContain(name);
  });

  test('what is good is read, with defaults for the rest', () => {
    expect(read(GOOD)).toMatchObject({
      databaseUrl: GOOD.WORKER_DATABASE_URL,
      isInternetAllowed: false,
      ehloName: 'localhost',
      sources: ['127.0.0.1'],
      healthPort: 0,
      logLevel: 'info',
      tuning: { leaseMs: 30_000, timeScale: 1 },
    });
    const { QUEUE_DATABASE_URL: _, ...rest } = GOOD;
    expect(read({ ...rest, REDIS_URL: 'redis://127.0.0.1' }).redisUrl).toBe('redis://127.0.0.1');
  });

  test('nothing leaves for the internet unless it is said with a 1', () => {
    for (const value of ['', '0'])
      expect(read({ ...GOOD, DELIVER_TO_INTERNET: value }).isInternetAllowed).toBe(false);
    expect(complaintOf({ ...GOOD, DELIVER_TO_INTERNET: 'yes' })).toContain('DELIVER_TO_INTERNET');
  });

  test('to the internet, EHLO_NAME and SOURCE_ADDRESSES have no defaults and are checked', () => {
    const internet = { ...GOOD, DELIVER_TO_INTERNET: '1' };
    expect(complaintOf(internet)).toMatch(/EHLO_NAME[\s\S]*SOURCE_ADDRESSES/);
    expect(complaintOf({ DELIVER_TO_INTERNET: '1' })).toMatch(
      /BASE_URL[\s\S]*QUEUE_DATABASE_URL[\s\S]*EHLO_NAME[\s\S]*SOURCE_ADDRESSES/,
    );
    const full = {
      ...internet,
      EHLO_NAME: 'mail.example.com',
      SOURCE_ADDRESSES: '198.51.100.7, 2001:db8::7',
    };
    expect(read(full).sources).toEqual(['198.51.100.7', '2001:db8::7']);
    expect(complaintOf({ ...full, EHLO_NAME: 'localhost' })).toContain('EHLO_NAME');
    expect(complaintOf({ ...full, SOURCE_ADDRESSES: 'mail.example.com' })).toContain(
      'not an IP address',
    );
    expect(complaintOf({ ...full, SOURCE_ADDRESSES: '127.0.0.1' })).toContain('SOURCE_ADDRESSES');
  });

  test('pools of sources are named; what belongs to none is the default', () => {
    const given = { ...GOOD, SOURCE_POOLS: 'calm=127.0.0.2, 127.0.0.3; new=127.0.0.4' };
    expect(read(given)).toMatchObject({
      pools: { default: ['127.0.0.1'], calm: ['127.0.0.2', '127.0.0.3'], new: ['127.0.0.4'] },
      sources: ['127.0.0.1', '127.0.0.2', '127.0.0.3', '127.0.0.4'],
    });
    for (const wrong of ['calm', 'calm=', 'Calm=127.0.0.2', 'calm=mail.example.com'])
      expect(complaintOf({ ...GOOD, SOURCE_POOLS: wrong })).toContain('SOURCE_POOLS');
  });

  test('name servers are addresses, with a port or without', () => {
    const good = '192.0.2.1,192.0.2.1:5353, 2001:db8::1,[2001:db8::1]:5353';
    expect(read({ ...GOOD, NAME_SERVERS: good }).nameServers).toHaveLength(4);
    expect(complaintOf({ ...GOOD, NAME_SERVERS: 'ns.example.com' })).toMatch(
      /NAME_SERVERS.*"ns\.example\.com"/,
    );
  });

  test('tuning that is no JSON, has a wrong value or an unknown name is refused by name', () => {
    expect(complaintOf({ ...GOOD, WORKER_TUNING: '{' })).toMatch(/WORKER_TUNING.*not JSON/);
    expect(complaintOf({ ...GOOD, WORKER_TUNING: '{"leaseMs":1}' })).toContain(
      'WORKER_TUNING.leaseMs',
    );
    expect(complaintOf({ ...GOOD, WORKER_TUNING: '{"leaseMS":1000}' })).toContain('leaseMS');
    expect(read({ ...GOOD, WORKER_TUNING: '{"leaseMs":1000}' }).tuning.leaseMs).toBe(1_000);
  });

  test('a tool of the command line asks only for what it uses', () => {
    const config = readCliConfig({ BASE_URL: 'x' } as unknown as NodeJS.ProcessEnv);
    expect(config.baseUrl).toBe('x');
    expect(() => config.workerUrl).toThrow(/WORKER_DATABASE_URL is not set/);
  });
});
