/** `Yes` and `no`, in any case; undefined of every other word. */
export function yesNo(word: string | undefined): boolean | undefined {
  return choice(word, /^yes$/i, /^no$/i);
}

/** `On` and `off`, in any case; undefined of every other word. */
export function onOff(word: string | undefined): boolean | undefined {
  return choice(word, /^on$/i, /^off$/i);
}

function choice(word: string | undefined, yes: RegExp, no: RegExp): boolean | undefined {
  const text = word?.trim() ?? '';
  return yes.test(text) ? true : no.test(text) ? false : undefined;
}
