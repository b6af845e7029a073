/**
 * The kernel arguments after a change.
 * @throws Error for an argument that is to be taken away and is not there: the guard has another name now
 */
export function changedArguments(
  usual: readonly string[],
  { removeArguments, addArguments }: { removeArguments: readonly string[]; addArguments: readonly string[] },
): string[] {
  const absent = removeArguments.filter((one) => !usual.includes(one));
  if (absent.length > 0) throw new Error(`the command line has no ${absent.join(', ')}`);
  return [...usual.filter((one) => !removeArguments.includes(one)), ...addArguments];
}
