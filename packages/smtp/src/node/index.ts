export type { Auth } from '../opening.ts';
export {
  type ConnectOptions,
  type ConnectResult,
  connectSession,
  type SmtpSession,
  type TlsOptions,
} from './connect-session.ts';
