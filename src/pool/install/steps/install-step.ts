/** What a step found or did. */
export interface Done {
  changed: boolean;
  /** a few words, for the line of the step */
  text: string;
}

/** One step of an install. Run again, it finds what is there and goes on with what is not. */
export interface InstallStep {
  /** a few words */
  title: string;
  run(): Promise<Done>;
}

/** Of several things that were done or were so already. Pure. */
export function doneOf(what: readonly string[], already = 'already so'): Done {
  return what.length === 0 ? { changed: false, text: already } : { changed: true, text: what.join('; ') };
}
