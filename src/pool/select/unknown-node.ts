import { type ErrorCode, ReconError } from '../../domain/errors.ts';

/** A name that no node has; whoever knows of names of before may know more. */
export class UnknownNode extends ReconError {
  readonly node: string;

  constructor(code: ErrorCode, node: string, words: { message: string; hint: string }) {
    super(code, words.message, { hint: words.hint });
    this.node = node;
  }
}
