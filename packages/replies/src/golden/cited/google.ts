/** What Gmail and Google Workspace say: Google's page, and what sisimai has collected of it and of bounces. */
import type { GoldenSource } from '../format.ts';

export const GOOGLE: readonly GoldenSource[] = [
  {
    cite: 'https://support.google.com/a/answer/3726730',
    replies: String.raw`
gmail.com ehlo server-temporary | 421 4.3.0 Temporary System Problem. Try again later
gmail.com rcpt server-temporary | 421 4.4.5 Server busy, try again later.
gmail.com mail auth | 421 4.7.0 TLS required for RCPT domain, closing connection.
gmail.com rcpt reputation | 421 4.7.0 IP not in whitelist for RCPT domain, closing connection.
gmail.com rcpt recipient-rate | 450 4.2.1 The user you are trying to contact is receiving mail too quickly. Please resend your message at a later time.
gmail.com rcpt recipient-rate | 450 4.2.1 The user you are trying to contact is receiving mail at a rate that prevents additional messages from being delivered. Please resend your message at a later time.
gmail.com dot server-temporary | 451 4.3.0 Mail server temporarily rejected message.
gmail.com rcpt server-temporary | 451 4.4.2 Timeout - closing connection.
gmail.com rcpt mailbox-full | 452 4.2.2 The email account that you tried to reach is over quota.
gmail.com rcpt recipient-limit | 452 4.5.3 Domain policy size per transaction exceeded, please try this recipient in a separate transaction.
gmail.com rcpt recipient-limit | 452 4.5.3 Your message has too many recipients.
gmail.com dot recipient-filter | 550 5.7.1 This message violates example.com email policy. - gcdp a1-2 - gsmtp
gmail.com dot auth | 550-5.7.25 [192.0.2.1] The IP address sending this message does not have a PTR record setup
`,
  },
  {
    cite: 'https://github.com/sisimai/rb-sisimai/blob/9c4a18472ab13e0382c3dec7ffbea39f2e187c91/lib/sisimai/rhost/google.rb',
    replies: String.raw`
gmail.com rcpt mailbox-full | 452 4.2.2 The recipient's inbox is out of storage space. Please direct the recipient to https://support.google.com/mail/?p=OverQuotaTemp
gmail.com rcpt inactive | 550 5.2.1 The email account that you tried to reach is disabled.
gmail.com dot too-big | 552 5.3.4 Your message exceeded Google's message size limits. To view our message size guidelines, go to https://support.google.com/mail/?p=MaxSizeError
gmail.com dot server-config | 554 5.4.6 Message exceeded 50 hops, this may indicate a mail loop.
gmail.com dot format | 550 5.7.1 Messages missing a valid address in the From: header, or having no From: header, are not accepted.
gmail.com dot format | 550 5.7.1 Messages missing a valid Message-ID: header are not accepted.
gmail.com dot format | 550 5.7.1 This message is not RFC 5322 compliant because it has duplicate headers. To reduce the amount of spam sent to Gmail, this message has been blocked.
gmail.com dot auth | 451 4.7.24 The SPF record of the sending domain has one or more suspicious entries. To protect our users from spam, mail sent from your IP address has been temporarily rate limited.
gmail.com dot auth | 421 4.7.26 This mail has been rate limited because it is unauthenticated. Gmail requires all senders to authenticate with either SPF or DKIM.
gmail.com dot auth | 421 4.7.27 Your email has been rate limited because SPF authentication didn't pass for this message. Gmail requires all bulk email senders to authenticate their email with SPF.
gmail.com dot auth | 421 4.7.30 Your email has been rate limited because DKIM authentication didn't pass for this message. Gmail requires all email bulk senders to authenticate their email with DKIM.
gmail.com dot auth | 421 4.7.32 Your email has been rate limited because the From: header (RFC5322) in this message isn't aligned with either the authenticated SPF or DKIM organizational domain.
gmail.com dot auth | 550 5.7.30 This mail has been blocked because DKIM does not pass. Gmail requires all large senders to authenticate with DKIM.
gmail.com dot auth | 451 4.7.26 Unauthenticated email from example.jp is not accepted due to domain's DMARC policy, but temporary DNS failures prevent authentication.
gmail.com dot source-rate | 421 4.7.28 Gmail has detected an unusual rate of mail originating from your DKIM domain example.jp. To protect our users from spam, mail has been temporarily rate limited.
gmail.com dot source-rate | 550 5.7.28 There is an unusual rate of unsolicited mail originating from your IP address. To protect our users from spam, mail sent from your IP address has been blocked.
gmail.com dot reputation | 421 4.7.0 This message is suspicious due to the very low reputation of the sending IP address. To protect our users from spam, mail sent from your IP address has been temporarily rate limited.
gmail.com dot spam-content | 552 5.7.0 This message was blocked because its content presents a potential security issue. Please visit https://support.google.com/mail/?p=BlockedMessage to review our message content and attachment content guidelines.
gmail.com mail source-rate | 550 5.4.5 Daily user sending limit exceeded. For more information on Gmail sending limits go to https://support.google.com/a/answer/166852
`,
  },
  {
    cite: 'https://smtpfieldmanual.com/provider/google',
    replies: String.raw`
gmail.com dot reputation | 421 4.7.0 [192.0.2.1] Our system has detected that this message is suspicious due to the very low reputation of the sending domain.
gmail.com dot spam-content | 421 4.7.0 [192.0.2.1] Our system has detected that this message is suspicious due to the nature of the content and/or the links within.
gmail.com dot source-rate | 421 4.7.28 [192.0.2.1] Our system has detected an unusual rate of unsolicited mail originating from your IP address.
`,
  },
];
