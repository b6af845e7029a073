import { ReconError } from '../../domain/errors.ts';

/** What a TPM keeps without power, as far as it can be asked without a password. Handles and values are unsigned 32-bit numbers. */
export interface TpmContents {
  /** keys and other objects; handles from 0x81000000 on */
  persistentObjects: readonly number[];
  /** areas of its memory; handles from 0x01000000 on */
  nvIndexes: readonly number[];
  /** `TPMA_PERMANENT`: which passwords are set, and whether it locked itself up */
  permanentAttributes: number;
  /** count, limit, interval and recovery of the defence against guessing passwords */
  lockout: readonly number[];
}

export type TpmQuestion = keyof TpmContents;

const NO_SESSIONS = 0x8001;
const GET_CAPABILITY = 0x017a;
const HEADER_BYTES = 10;
const CAPABILITY = { handles: 1, properties: 6 } as const;

/** Capability, first property and count. Numbers: TPM 2.0 Library, part 2, sections 6.12, 6.13 and 7.4. */
const QUESTIONS: { [name in TpmQuestion]: readonly [capability: number, first: number, count: number] } = {
  persistentObjects: [CAPABILITY.handles, 0x81000000, 254],
  nvIndexes: [CAPABILITY.handles, 0x01000000, 254],
  permanentAttributes: [CAPABILITY.properties, 0x200, 1],
  lockout: [CAPABILITY.properties, 0x20e, 4],
};

/** `TPM2_GetCapability`; it changes nothing. TPM 2.0 Library, part 3, section 30.2. */
export function tpmQuestion(question: TpmQuestion): Uint8Array {
  const message = Buffer.alloc(HEADER_BYTES + 12);
  message.writeUInt16BE(NO_SESSIONS, 0);
  message.writeUInt32BE(message.length, 2);
  message.writeUInt32BE(GET_CAPABILITY, 6);
  for (const [index, word] of QUESTIONS[question].entries()) message.writeUInt32BE(word, HEADER_BYTES + 4 * index);
  return message;
}

/** The header of an answer says how long it is. */
export function isWholeAnswer(answer: Buffer): boolean {
  return answer.length >= HEADER_BYTES && answer.length >= answer.readUInt32BE(2);
}

/** The handles, or the values of the properties. @throws ReconError `infrastructure` when the TPM refuses, or holds more than it says at once */
export function parseTpmAnswer(question: TpmQuestion, answer: Buffer): number[] {
  const result = answer.length < HEADER_BYTES ? undefined : answer.readUInt32BE(6);
  if (result !== 0) throw new ReconError('infrastructure', `the TPM does not tell its ${question} (answer ${answer.toString('hex')})`);
  if (answer[HEADER_BYTES] !== 0 && question !== 'permanentAttributes' && question !== 'lockout') {
    throw new ReconError('infrastructure', `the TPM has more ${question} than it tells at once`);
  }
  const count = answer.readUInt32BE(HEADER_BYTES + 5);
  // a property is a number and its value
  const [stride, offset] = QUESTIONS[question][0] === CAPABILITY.properties ? [8, 4] : [4, 0];
  return Array.from({ length: count }, (_, index) => answer.readUInt32BE(HEADER_BYTES + 9 + stride * index + offset));
}
