/** `1 machine`, `2 machines`; `many` where the plural has another ending. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}
