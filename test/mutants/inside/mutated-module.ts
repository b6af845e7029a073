import { registerHooks } from 'node:module';
import { mutatedText } from '../mutation.ts';

// Loaded before everything else in a process of a trial, and in the processes that it starts.
const { MUTANT } = process.env;
if (MUTANT !== undefined) {
  const { url, mutation } = JSON.parse(MUTANT);
  registerHooks({
    load: (wanted, context, next) => {
      const loaded = next(wanted, context);
      return wanted === url ? { ...loaded, source: mutatedText(String(loaded.source), mutation) } : loaded;
    },
  });
}
