const collator = new Intl.Collator('en', { numeric: true });

/** Order in which a person counts: port 2 before port 10. */
export function naturally(a: string, b: string): number {
  return collator.compare(a, b);
}
