/**
 * Debian's Postfix as a receiver, with a configuration, a queue and a log of its own in a temporary folder. Each kind of
 * receiver is an smtpd on a port of its own; what is taken is logged and discarded.
 */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { testCertificate, testKey } from '@hikyaku/testkit/test-certificate';

const run = promisify(execFile);

/** Why Postfix cannot be started here, or undefined. */
export function postfixObstacle(): string | undefined {
  if (!existsSync('/usr/sbin/postfix')) return 'postfix is not installed (apt-get install postfix)';
  if (process.getuid?.() !== 0) return 'postfix can only be started by root';
  return undefined;
}

const KINDS = {
  plain: [],
  stepwise: ['smtpd_discard_ehlo_keywords=pipelining'],
  tls: [
    'smtpd_tls_security_level=encrypt',
    'smtpd_tls_cert_file=$config_directory/cert.pem',
    'smtpd_tls_key_file=$config_directory/key.pem',
  ],
  capped: ['smtpd_recipient_limit=5'],
  junk: ['smtpd_junk_command_limit=1', 'smtpd_hard_error_limit=3'],
  greylisting: ['smtpd_recipient_restrictions=check_policy_service,inet:127.0.0.1:$policy_port'],
} as const;

export type PostfixKind = keyof typeof KINDS;

export class Postfix {
  readonly ports: Readonly<Record<PostfixKind, number>>;
  readonly #folder: string;
  readonly #policy: Server;

  private constructor(folder: string, ports: Record<PostfixKind, number>, policy: Server) {
    this.#folder = folder;
    this.ports = ports;
    this.#policy = policy;
  }

  static async start(): Promise<Postfix> {
    const folder = await mkdtemp(join(tmpdir(), 'hikyaku-postfix-'));
    await chmod(folder, 0o755);
    const policy = await startGreylist();
    const free = await freePorts(Object.keys(KINDS).length);
    const ports = Object.fromEntries(
      Object.keys(KINDS).map((kind, i) => [kind, free[i]]),
    ) as Record<PostfixKind, number>;
    const postfix = new Postfix(folder, ports, policy);
    await postfix.#configure();
    await run('/usr/sbin/postfix', ['-c', join(folder, 'etc'), 'start']);
    return postfix;
  }

  /** `queue id → recipients that were passed on`, from Postfix's own log. */
  async logged(): Promise<Map<string, string[]>> {
    const taken = new Map<string, string[]>();
    const log = await readFile(join(this.#folder, 'log', 'maillog'), 'utf8').catch(() => '');
    for (const found of log.matchAll(/discard\[\d+\]: (\w+): to=<(.*?)>.*status=sent/g)) {
      const [, id = '', recipient = ''] = found;
      taken.set(id, [...(taken.get(id) ?? []), recipient]);
    }
    return taken;
  }

  async log(): Promise<string> {
    return readFile(join(this.#folder, 'log', 'maillog'), 'utf8');
  }

  async stop(): Promise<void> {
    await run('/usr/sbin/postfix', ['-c', join(this.#folder, 'etc'), 'stop']).catch(() => {});
    await new Promise((resolve) => this.#policy.close(resolve));
    await rm(this.#folder, { recursive: true, force: true });
  }

  async #configure(): Promise<void> {
    const etc = join(this.#folder, 'etc');
    for (const name of ['etc', 'spool', 'data', 'log']) await mkdir(join(this.#folder, name));
    await run('chown', ['postfix', join(this.#folder, 'data')]);
    const { port } = this.#policy.address() as { port: number };
    await writeFile(join(etc, 'cert.pem'), testCertificate);
    await writeFile(join(etc, 'key.pem'), testKey, { mode: 0o600 });
    await writeFile(join(etc, 'recipients'), RECIPIENTS);
    await writeFile(join(etc, 'main.cf'), mainConfig(this.#folder, port));
    await writeFile(join(etc, 'master.cf'), masterConfig(this.ports));
  }
}

const RECIPIENTS = `/^dead/ 550 5.1.1 User unknown
/^full/ 452 4.2.2 Mailbox full
/^later/ 450 4.2.0 Try again later
`;

const mainConfig = (folder: string, policyPort: number) => `compatibility_level = 3.6
config_directory = ${folder}/etc
queue_directory = ${folder}/spool
data_directory = ${folder}/data
command_directory = /usr/sbin
daemon_directory = /usr/lib/postfix/sbin
mail_owner = postfix
setgid_group = postdrop
maillog_file = ${folder}/log/maillog
maillog_file_prefixes = ${folder}
multi_instance_name = postfix-hikyaku
myhostname = receiver.test
mydestination =
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
mynetworks = 127.0.0.0/8
default_transport = discard
relay_transport = discard
smtpd_relay_restrictions = permit_mynetworks, reject
smtpd_recipient_restrictions = check_recipient_access regexp:${folder}/etc/recipients
smtpd_delay_reject = yes
smtputf8_enable = no
local_recipient_maps =
alias_maps =
in_flow_delay = 0
smtpd_client_connection_count_limit = 0
policy_port = ${policyPort}
`;

function masterConfig(ports: Record<PostfixKind, number>): string {
  const smtpd = Object.entries(KINDS).map(([kind, settings]) => {
    const lines = settings.map((setting) => `  -o ${setting}\n`).join('');
    return `127.0.0.1:${ports[kind as PostfixKind]} inet n - n - - smtpd\n${lines}`;
  });
  return `${smtpd.join('')}cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
flush unix n - n 1000? 0 flush
discard unix - - n - - discard
error unix - - n - - error
anvil unix - - n - 1 anvil
postlog unix-dgram n - n - 1 postlogd
`;
}

/** A policy service that asks everybody to come back once. */
async function startGreylist(): Promise<Server> {
  const seen = new Set<string>();
  const server = createServer((socket) => {
    let input = '';
    socket.on('error', () => {});
    socket.on('data', (chunk) => {
      input += chunk;
      for (let end = input.indexOf('\n\n'); end >= 0; end = input.indexOf('\n\n')) {
        const recipient = /^recipient=(.*)$/m.exec(input.slice(0, end))?.[1] ?? '';
        input = input.slice(end + 2);
        const isKnown = seen.has(recipient);
        seen.add(recipient);
        socket.write(`action=${isKnown ? 'dunno' : 'defer_if_permit Greylisted'}\n\n`);
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server.unref();
}

/** Ports that nobody listened on a moment ago. */
async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(
    Array.from({ length: count }, async () => {
      const server = createServer();
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      return server;
    }),
  );
  const ports = servers.map((server) => (server.address() as { port: number }).port);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}
