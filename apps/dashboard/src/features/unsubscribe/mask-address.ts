/** An address as a public page may show it: enough for its owner to know it, too little for anybody else. */

export function maskAddress(email: string): string {
  const at = email.lastIndexOf('@');
  const [first = ''] = email.slice(0, at);
  return `${first}${'•'.repeat(3)}${email.slice(at)}`;
}
