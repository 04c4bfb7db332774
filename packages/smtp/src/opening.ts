/**
 * From the greeting to the point where MAIL may be said: EHLO or HELO, STARTTLS and EHLO again, AUTH. One command at a time.
 * RFC 5321 §3.1, RFC 3207, RFC 4954.
 */
import { type Capabilities, noCapabilities, parseCapabilities } from './capabilities.ts';
import { authLine, ehloCommand, STARTTLS } from './commands.ts';
import { failureOf, judgeOpening, readCode } from './judge.ts';
import type { Failure, Reason } from './outcome.ts';
import type { Reply } from './reply.ts';
import type { Quirks } from './settings.ts';
import type { Expectation, Wire } from './wire.ts';

export type OpeningOptions = {
  ehloName: string;
  tlsMode: 'off' | 'opportunistic' | 'required' | 'implicit';
  quirks: Quirks;
  auth?: Auth;
};

/** For smarthosts. Used only under TLS unless `isPlaintextAllowed`. */
export type Auth = {
  user: string;
  /** The password, or with XOAUTH2 the access token. */
  pass: string;
  /** Default: PLAIN, or LOGIN where only that is offered. */
  mechanism?: 'PLAIN' | 'LOGIN' | 'XOAUTH2';
  isPlaintextAllowed?: boolean;
};

export type OpeningPort = {
  /** Begin the TLS handshake; secured() or onLost() follows. */
  startTls(): void;
  onReady(opened: Opened): void;
  /** It will not open. The port closes the connection, with QUIT where `isPolite`. */
  onFailed(failure: Failure, isPolite: boolean): void;
};

export type Opened = { capabilities: Capabilities; isPipelining: boolean; greeting: string };

export class Opening {
  readonly #wire: Wire;
  readonly #port: OpeningPort;
  readonly #options: OpeningOptions;
  #isSecure: boolean;
  #isHelo: boolean;
  #isPix = false;
  #greeting = '';
  #capabilities: Capabilities = { ...noCapabilities };
  #mechanism: 'PLAIN' | 'LOGIN' | 'XOAUTH2' | undefined;
  #authStep = 0;
  #isOver = false;

  constructor(wire: Wire, port: OpeningPort, options: OpeningOptions) {
    this.#wire = wire;
    this.#port = port;
    this.#options = options;
    this.#isSecure = options.tlsMode === 'implicit';
    this.#isHelo = options.quirks.isHeloOnly === true;
  }

  start() {
    this.#wire.expectGreeting();
  }

  onReply(expected: Expectation, code: number) {
    if (this.#isOver) return;
    const { command } = expected;
    const reply = this.#wire.takeReply();
    const verdict = readCode(command, code);
    if (verdict === 'nonsense') return this.onNonsense('garbage-reply', reply, undefined, command);
    if (verdict === 'leave') return this.#fail(judgeOpening(command, reply), false);
    const isYes = verdict === 'yes';
    if (command === 'GREETING') this.#onGreeting(reply, isYes);
    else if (command === 'EHLO') this.#onEhlo(reply, isYes);
    else if (command === 'HELO') this.#onHelo(reply, isYes);
    else if (command === 'STARTTLS') this.#onStartTls(reply, isYes);
    else if (command === 'AUTH') this.#onAuth(reply, verdict);
  }

  onNonsense(
    reason: Reason,
    reply: Reply | undefined,
    detail: string | undefined,
    command?: Expectation['command'],
  ) {
    const at = command ?? this.#wire.head?.command ?? 'GREETING';
    this.#fail({ ...failureOf(at, reason), reply, detail }, false);
  }

  onLost(reason: Reason, systemCode?: string) {
    this.#fail(failureOf(this.#wire.head?.command ?? 'CONNECT', reason, systemCode), false);
  }

  /** The handshake is done. What was learned in plaintext is forgotten. */
  secured() {
    if (this.#isOver) return;
    this.#isSecure = true;
    this.#capabilities = { ...noCapabilities };
    this.#sayHello();
  }

  #onGreeting(reply: Reply, isYes: boolean) {
    if (!isYes) return this.#fail(judgeOpening('GREETING', reply), true);
    this.#greeting = reply.text;
    // Cisco PIX hides the banner behind asterisks, and breaks extensions.
    if (/\*{3,}/.test(reply.text)) {
      this.#isPix = true;
      this.#isHelo = true;
    }
    this.#sayHello();
  }

  #sayHello() {
    const verb = this.#isHelo ? 'HELO' : 'EHLO';
    this.#wire.say(ehloCommand(verb, this.#options.ehloName), verb, 'ehloMs');
  }

  #onEhlo(reply: Reply, isYes: boolean) {
    if (isYes) {
      this.#capabilities = parseCapabilities(reply.lines, this.#options.quirks.extensionsOff);
      return this.#afterHello();
    }
    this.#isHelo = true;
    this.#sayHello();
  }

  #onHelo(reply: Reply, isYes: boolean) {
    if (!isYes) return this.#fail(judgeOpening('HELO', reply), true);
    this.#afterHello();
  }

  #afterHello() {
    const { tlsMode, quirks } = this.#options;
    if (this.#isSecure || tlsMode === 'off') return this.#authenticate();
    const isOffered = this.#capabilities.hasStartTls && quirks.isStartTlsOff !== true;
    if (isOffered) return this.#wire.say(STARTTLS, 'STARTTLS', 'tlsMs');
    if (tlsMode === 'required') return this.#fail(failureOf('STARTTLS', 'tls-required'), true);
    this.#authenticate();
  }

  #onStartTls(reply: Reply, isYes: boolean) {
    if (!isYes) {
      if (this.#options.tlsMode === 'required')
        return this.#fail({ ...judgeOpening('STARTTLS', reply), reason: 'tls-required' }, true);
      return this.#authenticate();
    }
    // RFC 3207 §5, §4.2: nothing said in plaintext counts any more, least of all what came behind this reply.
    this.#wire.dropInput();
    this.#port.startTls();
  }

  #authenticate() {
    const { auth } = this.#options;
    if (auth === undefined) return this.#ready();
    const offered = this.#capabilities.authMechanisms;
    const wanted = auth.mechanism === undefined ? (['PLAIN', 'LOGIN'] as const) : [auth.mechanism];
    this.#mechanism = wanted.find((mechanism) => offered.includes(mechanism));
    const isAllowed = this.#isSecure || auth.isPlaintextAllowed === true;
    if (this.#mechanism === undefined || !isAllowed)
      return this.#fail({ ...failureOf('AUTH', 'auth-unavailable'), scope: 'site' }, true);
    const { user, pass } = auth;
    if (this.#mechanism === 'PLAIN')
      return this.#sayAuth(
        authLine('AUTH PLAIN ', `\u0000${user}\u0000${pass}`),
        'AUTH PLAIN ****',
      );
    if (this.#mechanism === 'LOGIN') return this.#sayAuth(authLine('AUTH LOGIN', ''), 'AUTH LOGIN');
    const token = `user=${user}\u0001auth=Bearer ${pass}\u0001\u0001`;
    this.#sayAuth(authLine('AUTH XOAUTH2 ', token), 'AUTH XOAUTH2 ****');
  }

  #sayAuth(line: string, shown: string) {
    this.#wire.say(line, 'AUTH', 'ehloMs', 0, false, shown);
  }

  #onAuth(reply: Reply, verdict: 'yes' | 'go-on' | 'no') {
    if (verdict === 'yes') return this.#ready();
    if (verdict === 'no') return this.#fail(judgeOpening('AUTH', reply), true);
    const { auth } = this.#options;
    this.#authStep += 1;
    if (auth !== undefined && this.#mechanism === 'LOGIN' && this.#authStep <= 2)
      return this.#sayAuth(authLine('', this.#authStep === 1 ? auth.user : auth.pass), '****');
    // XOAUTH2 answers a bad token with a challenge, and an empty line fetches the refusal. Others cancel with `*`.
    if (this.#authStep > 3) return this.onNonsense('garbage-reply', reply, undefined, 'AUTH');
    this.#sayAuth(this.#mechanism === 'XOAUTH2' ? '\r\n' : '*\r\n', '');
  }

  #ready() {
    this.#isOver = true;
    const { quirks } = this.#options;
    const isPipelining =
      this.#capabilities.hasPipelining && quirks.isPipeliningOff !== true && !this.#isPix;
    this.#port.onReady({
      capabilities: this.#capabilities,
      isPipelining,
      greeting: this.#greeting,
    });
  }

  #fail(failure: Failure, isPolite: boolean) {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#port.onFailed(failure, isPolite);
  }
}
