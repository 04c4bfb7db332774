export {
  type Auth,
  type ConnectOptions,
  type ConnectResult,
  connectSession,
  type SmtpSession,
  type TlsOptions,
} from './connect-session.ts';
