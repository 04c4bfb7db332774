/** What makes two addresses the same person: lower case, as in recipient.email_key. */

export function emailKeyOf(email: string): string {
  return email.trim().toLowerCase();
}
