import { describe, expect, test } from 'vitest';
import { createDirectory, type Dns, isPrivate } from './directory.ts';
import { parseRoutes } from './routes.ts';

type Zone = Record<
  string,
  {
    mx?: [number, string][] | string;
    a?: string[] | string;
    aaaa?: string[] | string;
    cname?: string[];
  }
>;

/** A name server: a text in place of records is the error it answers; what is not there is ENODATA, no zone ENOTFOUND. */
function dnsOf(zone: Zone, asked: string[] = []): Dns {
  const answer = <T>(name: string, kind: 'mx' | 'a' | 'aaaa' | 'cname'): T => {
    asked.push(`${kind} ${name}`);
    const found = zone[name];
    const value = found?.[kind];
    if (Array.isArray(value)) return value as T;
    throw Object.assign(new Error('dns'), {
      code: value ?? (found ? 'ENODATA' : 'ENOTFOUND'),
    });
  };
  return {
    resolveMx: async (name) =>
      answer<[number, string][]>(name, 'mx').map(([priority, exchange]) => ({
        priority,
        exchange,
      })),
    resolve4: async (name) => answer(name, 'a'),
    resolve6: async (name) => answer(name, 'aaaa'),
    resolveCname: async (name) => answer(name, 'cname'),
  };
}

async function find(zone: Zone, domain = 'a.example') {
  const directory = createDirectory({
    routes: parseRoutes(''),
    isInternetAllowed: true,
    dns: dnsOf(zone),
  });
  return directory.find(domain);
}

const A = '8.8.4.4';

describe('a domain on the internet', () => {
  test('MX hosts come in order of preference, equals by name, and name the site', async () => {
    const found = await find({
      'a.example': {
        mx: [
          [20, 'backup.mx.example'],
          [10, 'Two.mx.example.'],
          [10, 'one.mx.example'],
        ],
      },
      'one.mx.example': { a: ['8.8.8.1'] },
      'two.mx.example': { a: ['8.8.8.2'], aaaa: ['2600::2'] },
      'backup.mx.example': { a: ['8.8.8.3'] },
    });
    expect(found).toEqual({
      ok: true,
      site: 'backup.mx.example,one.mx.example,two.mx.example',
      hosts: [
        { name: 'one.mx.example', address: '8.8.8.1', port: 25 },
        { name: 'two.mx.example', address: '8.8.8.2', port: 25 },
        { name: 'two.mx.example', address: '2600::2', port: 25 },
        { name: 'backup.mx.example', address: '8.8.8.3', port: 25 },
      ],
    });
  });

  test('null MX bounces with 5.1.10', async () => {
    for (const nothing of ['', '.']) {
      expect(await find({ 'a.example': { mx: [[0, nothing]], a: [A] } })).toMatchObject({
        ok: false,
        permanence: 'permanent',
        code: 556,
        enhanced: '5.1.10',
      });
    }
  });

  test('NXDOMAIN bounces', async () => {
    expect(await find({})).toMatchObject({ ok: false, permanence: 'permanent', code: 550 });
  });

  test('SERVFAIL and a timeout wait, at MX as at the addresses', async () => {
    for (const code of ['ESERVFAIL', 'ETIMEOUT', 'ECONNREFUSED', 'EBADRESP']) {
      const zones: Zone[] = [
        { 'a.example': { mx: code, a: [A] } },
        { 'a.example': { a: code } },
        { 'a.example': { aaaa: code } },
        { 'a.example': { mx: [[10, 'mx.example']] }, 'mx.example': { a: code } },
      ];
      for (const zone of zones) {
        expect(await find(zone)).toMatchObject({ ok: false, permanence: 'transient', code: null });
      }
    }
  });

  test('without MX the address of the domain is the host; without that it bounces', async () => {
    expect(await find({ 'a.example': { a: [A] } })).toEqual({
      ok: true,
      site: 'a.example',
      hosts: [{ name: 'a.example', address: A, port: 25 }],
    });
    expect(await find({ 'a.example': {} })).toMatchObject({ permanence: 'permanent', code: 550 });
  });

  test('MX hosts without any address wait: whoever wrote them may mend them', async () => {
    expect(await find({ 'a.example': { mx: [[10, 'gone.example']] } })).toMatchObject({
      ok: false,
      permanence: 'transient',
    });
  });

  test('private addresses are never connected to; a public one beside them is', async () => {
    const inside = { a: ['10.0.0.1', '127.0.0.1'], aaaa: ['::1', 'fd00::1'] };
    const only = { 'a.example': { mx: [[10, 'mx.example']] as [number, string][] } };
    expect(await find({ ...only, 'mx.example': inside })).toMatchObject({
      ok: false,
      permanence: 'transient',
    });
    expect(await find({ 'a.example': { a: ['192.168.0.1'] } })).toMatchObject({
      ok: false,
      permanence: 'transient',
    });
    const both = await find({ ...only, 'mx.example': { ...inside, a: ['10.0.0.1', A] } });
    expect(both).toMatchObject({ ok: true, hosts: [{ address: A }] });
  });

  test('a hundred MX with as many addresses are capped to the preferred few', async () => {
    const zone: Zone = {};
    const mx: [number, string][] = [];
    for (let i = 99; i >= 0; i--) {
      mx.push([i, `mx${i}.example`]);
      zone[`mx${i}.example`] = { a: Array.from({ length: 4 }, (_, n) => `8.8.${i}.${n}`) };
    }
    const asked: string[] = [];
    const dns = dnsOf({ ...zone, 'a.example': { mx } }, asked);
    const directory = createDirectory({ routes: parseRoutes(''), isInternetAllowed: true, dns });
    const found = await directory.find('a.example');
    if (!found.ok) throw new Error(found.text);
    expect(found.hosts).toHaveLength(10);
    expect(found.hosts[0]).toMatchObject({ name: 'mx0.example', address: '8.8.0.0' });
    expect(asked.length).toBeLessThan(15);
  });

  test('aliases in a circle wait, whichever way the name server says it', async () => {
    expect(await find({ 'a.example': { mx: 'ESERVFAIL' } })).toMatchObject({
      permanence: 'transient',
    });
    expect(await find({ 'a.example': { cname: ['b.example'] } })).toMatchObject({
      permanence: 'transient',
    });
  });

  test('an answer is kept for five minutes, a failure for one, and askers at once ask once', async () => {
    let nowMs = 0;
    const asked: string[] = [];
    const zone: Zone = { 'a.example': { a: [A] }, 'down.example': { mx: 'ESERVFAIL' } };
    const directory = createDirectory({
      routes: parseRoutes(''),
      isInternetAllowed: true,
      dns: dnsOf(zone, asked),
      now: () => nowMs,
    });
    const count = (name: string) => asked.filter((one) => one === `mx ${name}`).length;
    await Promise.all([directory.find('a.example'), directory.find('a.example')]);
    expect(count('a.example')).toBe(1);
    await directory.find('down.example');
    nowMs = 61_000;
    await Promise.all([directory.find('a.example'), directory.find('down.example')]);
    expect([count('a.example'), count('down.example')]).toEqual([1, 2]);
    nowMs = 301_000;
    await directory.find('a.example');
    expect(count('a.example')).toBe(2);
  });
});

describe('without the internet', () => {
  const silent: Dns = {
    resolveMx: () => Promise.reject(new Error('asked')),
    resolve4: () => Promise.reject(new Error('asked')),
    resolve6: () => Promise.reject(new Error('asked')),
    resolveCname: () => Promise.reject(new Error('asked')),
  };

  test('no DNS is asked, and a domain without a route waits for one', async () => {
    const asked: string[] = [];
    const directory = createDirectory({
      routes: parseRoutes('b.example = 127.0.0.1:2525'),
      isInternetAllowed: false,
      dns: dnsOf({ 'a.example': { a: [A] } }, asked),
    });
    expect(await directory.find('a.example')).toMatchObject({
      ok: false,
      permanence: 'transient',
      text: expect.stringContaining('No route'),
    });
    expect(asked).toEqual([]);
  });

  test('a route wins over DNS, also to this machine, and domains of one route are one site', async () => {
    for (const isInternetAllowed of [false, true]) {
      const directory = createDirectory({
        routes: parseRoutes('* = 127.0.0.1:2525'),
        isInternetAllowed,
        dns: silent,
      });
      const found = await directory.find('a.example');
      expect(found).toEqual({
        ok: true,
        site: '127.0.0.1:2525',
        hosts: [{ name: '127.0.0.1', address: '127.0.0.1', port: 2525 }],
      });
      expect(await directory.find('b.example')).toEqual(found);
    }
  });
});

test('addresses that are not of the public internet are known as such', () => {
  for (const address of [
    '0.1.2.3',
    '10.1.2.3',
    '100.64.0.1',
    '127.1.2.3',
    '169.254.169.254',
    '172.31.255.255',
    '192.168.1.1',
    '198.18.0.1',
    '224.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::ffff:10.0.0.1',
    '::ffff:8.8.8.8',
    '64:ff9b::a00:1',
    '2002:a00:1::',
    'fc00::1',
    'fe80::1',
    'ff02::1',
    'no address',
  ])
    expect(isPrivate(address), address).toBe(true);
  for (const address of [
    '8.8.8.8',
    '100.63.0.1',
    '172.32.0.1',
    '192.0.3.1',
    '2600::1',
    '2400:cb00::1',
  ])
    expect(isPrivate(address), address).toBe(false);
});
