import promises from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import type { TestContext } from 'node:test';

/** Puts something else in the place of a function of node:fs/promises, for all modules, until the test ends. */
export function replaceBuiltin<K extends keyof typeof promises>(t: TestContext, name: K, replacement: unknown): void {
  const real = promises[name];
  Object.assign(promises, { [name]: replacement });
  syncBuiltinESMExports();
  t.after(() => {
    Object.assign(promises, { [name]: real });
    syncBuiltinESMExports();
  });
}

/** A failure as the system reports it. */
export function systemError(code: string): Error {
  return Object.assign(new Error(code), { code });
}
