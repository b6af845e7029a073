/** The same letters in memory of their own: what is cut out of a text of megabytes keeps all of it in memory for as long as it is there. */
export function ownCopy(text: string): string {
  return Buffer.from(text, 'utf8').toString('utf8');
}
