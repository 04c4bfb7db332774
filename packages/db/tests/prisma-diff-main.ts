/**
 * node prisma-diff-main.ts SCHEMA_DIR  (DATABASE_URL): prints the SQL that would bring the database to the schema.
 * Drives Prisma's own schema engine (WebAssembly), the only judge of drift that reads both sides as `prisma migrate`
 * does; its native engines need a download. A process of its own, since the engine cannot be started twice in one.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { PrismaPg } from '@prisma/adapter-pg';
import {
  bindMigrationAwareSqlAdapterFactory,
  ColumnTypeEnum,
  type SqlMigrationAwareDriverAdapterFactory,
} from '@prisma/driver-adapter-utils';

const CHAR_OID = 18;
const TEXT_OID = 25;

const schemaDir = process.argv[2] ?? '';
const files = readdirSync(schemaDir)
  .filter((name) => name.endsWith('.prisma'))
  .sort()
  .map((name) => join(schemaDir, name))
  .map((path) => ({ path, content: readFileSync(path, 'utf8') }));
const engine = await startEngine(process.env.DATABASE_URL ?? '', files);
const { stdout } = await engine.diff({
  from: { tag: 'schemaDatasource', files, configDir: schemaDir },
  to: { tag: 'schemaDatamodel', files },
  script: true,
  exitCode: null,
  shadowDatabaseUrl: null,
  filters: { externalTables: ['public._prisma_migrations'], externalEnums: [] },
});
process.stdout.write(stdout ?? '', () => process.exit(0));

async function startEngine(url: string, files: SchemaFile[]): Promise<Engine> {
  const require = createRequire(import.meta.url);
  const entry = require.resolve('@prisma/schema-engine-wasm/schema_engine_bg');
  const glue = (await import('@prisma/schema-engine-wasm/schema_engine_bg')) as unknown as Glue;
  const { WebAssembly } = globalThis as unknown as { WebAssembly: Wasm };
  const bytes = readFileSync(join(dirname(entry), 'schema_engine_bg.wasm'));
  const { instance } = await WebAssembly.instantiate(bytes, { './schema_engine_bg.js': glue });
  const { exports } = instance;
  glue.__wbg_set_wasm(exports);
  exports.__wbindgen_start?.();
  const factory = readable(new PrismaPg({ connectionString: url }));
  const datamodels = files.map(({ path, content }) => [path, content] as [string, string]);
  return glue.SchemaEngine.new(
    { datamodels },
    () => {},
    bindMigrationAwareSqlAdapterFactory(factory),
  );
}

/** The engine reads Postgres' one-byte "char" (policies, triggers), of which the adapter makes an error. */
function readable(factory: PrismaPg): SqlMigrationAwareDriverAdapterFactory {
  const { provider, adapterName } = factory;
  const connect = async () => patch(await factory.connect());
  const connectToShadowDb = async () => patch(await factory.connectToShadowDb());
  return { provider, adapterName, connect, connectToShadowDb };
}

function patch<Adapter extends Awaited<ReturnType<PrismaPg['connect']>>>(
  adapter: Adapter,
): Adapter {
  const open = adapter as unknown as PatchedAdapter;
  const performIO = open.performIO.bind(open);
  const queryRaw = open.queryRaw.bind(open);
  let chars: number[] = [];
  open.performIO = async (query) => {
    const result = await performIO(query);
    chars = [];
    for (const [i, field] of (result.fields ?? []).entries()) {
      if (field.dataTypeID !== CHAR_OID) continue;
      field.dataTypeID = TEXT_OID;
      chars.push(i);
    }
    return result;
  };
  open.queryRaw = async (query) => {
    const result = await queryRaw(query);
    for (const i of chars) result.columnTypes[i] = ColumnTypeEnum.Character;
    return result;
  };
  return adapter;
}

interface SchemaFile {
  path: string;
  content: string;
}
interface Engine {
  diff(input: object): Promise<{ stdout: string | null }>;
}
/** The compiler knows WebAssembly from the DOM library alone. */
interface Wasm {
  instantiate(
    bytes: Uint8Array,
    imports: object,
  ): Promise<{ instance: { exports: { __wbindgen_start?: () => void } } }>;
}
interface Glue {
  __wbg_set_wasm(exports: object): void;
  SchemaEngine: { new: (options: object, log: () => void, adapter: object) => Promise<Engine> };
}
interface PatchedAdapter {
  performIO(query: unknown): Promise<{ fields?: { dataTypeID: number }[] }>;
  queryRaw(query: unknown): Promise<{ columnTypes: number[] }>;
}
