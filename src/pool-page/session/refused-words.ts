/** Why the way back from the issuer ended before the page, by the word behind `#sign-in=`; undefined for any other address. */
export function refusedText(hash: string): string | undefined {
  const [, word] = /^#sign-in=([a-z-]{1,40})$/.exec(hash) ?? [];
  return word === undefined ? undefined : (WORDS[word] ?? WORDS['refused']);
}

const WORDS: Readonly<Record<string, string>> = {
  unreachable: "The issuer does not answer. Sign in with a name and password of this head meanwhile; the head's log says what it met.",
  'no-role': 'The issuer knows you, and you have no role here. An administrator gives one to a group of yours.',
  'no-issuer': 'There is no issuer to sign in with any more.',
  refused: "What the issuer answered was not accepted. Try it again; the head's log says why.",
};
