import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TestEvent } from 'node:test/reporters';
import { KNOWN_SKIPS, type KnownSkip } from './known-skips.ts';
import { SkipReport } from './skip-report.ts';

/**
 * A reporter for `node --test`, behind the one that prints the tests. It ends with what was skipped and why; with CI=true a skip that is not
 * known is a failure. Where RECON_TEST_SUMMARY names a file, the same is added to it, under the name in RECON_TEST_RUN.
 */
export function skipReporter(known: readonly KnownSkip[], directory: string): (events: AsyncIterable<TestEvent>) => AsyncGenerator<string> {
  return async function* (events) {
    const report = new SkipReport(known, directory);
    for await (const event of events) report.note(event);
    const { CI, RECON_TEST_RUN = 'tests', RECON_TEST_SUMMARY } = process.env;
    const isFailure = CI === 'true' && report.unknown.length > 0;
    const text = `${RECON_TEST_RUN}: ${report}${isFailure ? 'CI=true: a skip that nobody accepted is a failure\n' : ''}`;
    if (isFailure) process.exitCode = 1;
    if (RECON_TEST_SUMMARY !== undefined) appendFileSync(RECON_TEST_SUMMARY, text);
    yield `\n${text}`;
  };
}

const reporter = skipReporter(KNOWN_SKIPS, join(import.meta.dirname, '..'));

// node takes a reporter by this name only
export { reporter as default };
