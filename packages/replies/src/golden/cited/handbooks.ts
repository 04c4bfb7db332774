/** Replies that hosters, providers and postmasters' handbooks publish, each group with the page where it was read. */
import type { GoldenSource } from '../format.ts';

export const HANDBOOKS: readonly GoldenSource[] = [
  {
    cite: 'https://sumari.jp/mail-error-message',
    replies: String.raw`
example.jp rcpt unknown-user | 550 Unrouteable address
example.jp rcpt mailbox-full | 450 4.2.2 Mailbox full
example.jp rcpt server-temporary | 451 Temporarily unavailable -- please try later
example.jp rcpt greylist | 450 4.7.1 : Client host rejected: Greylisted for 5 minutes
example.jp rcpt unknown-user | 511 sorry, no mailbox here by that name
example.jp rcpt unknown-user | 550 5.1.1 unknown or illegal alias: xxxxx@xxxxx.xxx
example.jp dot auth | 550 rejecting spoofed message
example.jp rcpt unknown-user | 550 cuda nsu 5.1.1 : Recipient address rejected
`,
  },
  {
    cite: 'https://help.arena.ne.jp/hc/ja/articles/360038694154',
    replies: String.raw`
example.jp rcpt reputation | 554 5.7.1 <x@example.jp>: Client host rejected: Access denied
example.jp rcpt unknown-user | 550 5.1.1 <x@example.jp>... User unknown
`,
  },
  {
    cite: 'https://smtp.codes/unitedinternet/',
    replies: String.raw`
gmx.de dot auth | 550 <x@example.com>: Reject due to SPF policy. The originating IP of the message is not permitted by the domain owner
gmx.de rcpt unknown-user | 550 <x@example.com>: Requested action not taken: mailbox unavailable
`,
  },
  {
    cite: 'https://postmaster.gmx.com/en/error-messages?c=rdns&ip=46.231.92.232',
    replies: String.raw`
gmx.net greeting reputation | 554-gmx.net (mxgmx104) Nemesis ESMTP Service not available\r\n554-No SMTP service\r\n554-IP address is block listed.\r\n554 For explanation visit https://postmaster.gmx.net/en/case?c=r0201&i=ip&v=198.51.100.42&r=1MNcgj-1ue23t3pyV-00S2YR
`,
  },
  {
    cite: 'https://www.sitepackage.de/service/dokumentation/auswertung/typische-fehlermeldungen-bei-unzustellbarkeit.html',
    replies: String.raw`
gmx.de rcpt inactive | 550 5.2.1 ... User is inactive
web.de rcpt unknown-user | 550 User unknown.
web.de rcpt unknown-user | 550 Benutzer nicht bekannt/User unknown
web.de rcpt unknown-user | 550 Unknown local part x in <x@web.de>
aol.com rcpt unknown-user | 550 MAILBOX NOT FOUND
yahoo.de dot unknown-user | 554 delivery error: dd This user doesn't have a yahoo.de account
example.com rcpt unknown-user | 550 5.1.1 ... Mailbox not found
example.com rcpt inactive | 550 : Recipient address rejected: Account Closed
example.com rcpt unknown-user | 550 5.2.0 No such mailbox
example.com rcpt unknown-user | 554 Sorry, no mailbox here by that name. (#5.1.1)
t-online.de rcpt mailbox-full | 552 5.2.2 Over STORAGE quota
web.de rcpt mailbox-full | 550 Benutzer hat das Speichervolumen ueberschritten. / User has exhausted allowed storage space.
web.de rcpt mailbox-full | 550 Benutzer hat zuviele Mails auf dem Server. / User has too many messages on the server.
example.com greeting auth | 554 Refused. Your reverse DNS entry contains your IP address and a country code.
example.com dot too-big | 552 Error: message too large
`,
  },
  {
    cite: 'https://new-faq.comservice-ffo.de/smtp-fehlermeldungen-e-mail-fehler/',
    replies: String.raw`
gmx.de greeting reputation | 421 Reject due to policy violations
gmx.de mail source-rate | 421 Rate limit reached. Please try again later
gmx.de dot server-temporary | 451 Requested action aborted: local error in processing
`,
  },
  {
    cite: 'https://support.onesystems.ch/722126-%C3%9Cbersicht-h%C3%A4ufig-vorkommender-Fehlermeldungen',
    replies: String.raw`
example.ch rcpt relay | 554 5.7.1 : Relay access denied
example.ch rcpt unknown-user | 554 5.7.1 : Recipient address rejected: User unknown
example.ch rcpt sender-bad | 550 5.1.8 : Sender address rejected: Domain not found
example.ch rcpt reputation | 554 5.7.1 Service unavailable; Client host [192.0.2.1] blocked using ix.dnsbl.manitu.net
example.ch rcpt auth | 450 4.7.1 Client host rejected: cannot find your hostname, [192.0.2.1]
`,
  },
  {
    cite: 'https://github.com/postalserver/postal/issues/576',
    replies: String.raw`
example.com rcpt greylist | 451 4.7.1 Try again later
`,
  },
  {
    cite: 'https://github.com/Purelymail/purelymail-issues/issues/388',
    replies: String.raw`
example.net greeting connection-limit | 421 4.3.2 too many connections, please try again later
`,
  },
  {
    cite: 'https://github.com/in2code-de/luxletter/issues/247',
    replies: String.raw`
example.de greeting connection-limit | 421 Too many concurrent SMTP connections
`,
  },
  {
    cite: 'https://github.com/sisimai/p5-sisimai/pull/465',
    replies: String.raw`
gmail.com rcpt recipient-rate | 450-4.2.1 The user you are trying to contact is receiving mail at a rate that prevents additional messages from being delivered
`,
  },
  {
    cite: 'https://github.com/docker-mailserver/docker-mailserver/issues/1397',
    replies: String.raw`
example.com rcpt greylist | 450 4.2.0 <recipient@domain.com>: Recipient address rejected: Delayed by postgrey
`,
  },
  {
    cite: 'https://github.com/mail-in-a-box/mailinabox/issues/1194',
    replies: String.raw`
example.com greeting reputation | 554 5.7.1 You are not allowed to connect.
`,
  },
  {
    cite: 'https://github.com/modoboa/modoboa-installer/issues/92',
    replies: String.raw`
example.com greeting connection-limit | 421 4.7.0 host.domain.tld Error: too many connections from 111.44.222.33
`,
  },
];
