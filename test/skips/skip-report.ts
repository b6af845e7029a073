import { relative } from 'node:path';
import type { TestEvent } from 'node:test/reporters';
import type { KnownSkip } from './known-skips.ts';

/** A suite whose preparation failed has a hundred failures and one cause. */
const MOST_NAMED = 20;

interface Skip {
  file: string;
  test: string;
  says: string;
  known: KnownSkip | undefined;
}

/** What came of a run: how many passed and failed, and each test that did not run. */
export class SkipReport {
  readonly #known: readonly KnownSkip[];
  readonly #directory: string;
  readonly #skips: Skip[] = [];
  readonly #failures: string[] = [];
  #passed = 0;
  #knownThatRan = 0;

  /** @param directory that files of `known` are named from */
  constructor(known: readonly KnownSkip[], directory: string) {
    this.#known = known;
    this.#directory = directory;
  }

  /** A suite that is skipped counts as one: node's own line does not count it, nor the tests in it. */
  note({ type, data }: TestEvent): void {
    if (type !== 'test:pass' && type !== 'test:fail') return;
    const file = relative(this.#directory, data.file ?? '');
    const mark = data.skip ?? data.todo;
    if (mark !== undefined && mark !== false) this.#noteSkip(file, data.name, typeof mark === 'string' ? mark : '');
    else if (data.details.type !== 'suite') this.#noteRun(type === 'test:pass', file, data.name);
  }

  get unknown(): readonly Skip[] {
    return this.#skips.filter(({ known }) => known === undefined);
  }

  toString(): string {
    return [
      `${this.#passed} passed, ${this.#failures.length} failed, ${this.#skips.length} skipped`,
      ...this.#failures.slice(0, MOST_NAMED).map((test) => `  failed: ${test}`),
      ...(this.#failures.length > MOST_NAMED ? [`  and ${this.#failures.length - MOST_NAMED} more, see above`] : []),
      ...this.#skips.map(
        ({ file, test, says, known }) =>
          `  skipped: ${file}: ${test}\n    ${says || 'without a reason'}\n    ${known === undefined ? 'NOT in test/skips/known-skips.ts' : `accepted ${known.accepted}`}`,
      ),
      ...(this.#knownThatRan === 0 ? [] : [`  not skipped here, though known: ${this.#knownThatRan}`]),
      '',
    ].join('\n');
  }

  #noteSkip(file: string, test: string, says: string): void {
    const known = this.#known.find((skip) => skip.file === file && skip.test === test && skip.says === says);
    this.#skips.push({ file, test, says, known });
  }

  #noteRun(isPassed: boolean, file: string, test: string): void {
    if (isPassed) this.#passed += 1;
    else this.#failures.push(`${file}: ${test}`);
    if (this.#known.some((skip) => skip.file === file && skip.test === test)) this.#knownThatRan += 1;
  }
}
